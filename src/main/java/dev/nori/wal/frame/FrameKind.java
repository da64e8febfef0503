package dev.nori.wal.frame;

/** What a frame is; the byte at offset 8 of its header. Zero is no kind, so that zeros are not a frame. */
public final class FrameKind {
    /** A key and its value. */
    public static final byte PUT = 1;

    /** The removal of a key. */
    public static final byte DELETE = 2;

    /** Several records under one checksum: all of them or none. */
    public static final byte BATCH = 3;

    /** How far the log was durable; see {@link Marks}. */
    public static final byte MARK = 4;

    private FrameKind() {}
}
