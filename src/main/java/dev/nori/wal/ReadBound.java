package dev.nori.wal;

/** How far a reader sees. */
public enum ReadBound {
    /**
     * What appends were acknowledged for: under {@code Always} what is durable, under {@code Batch} and {@code Os} what survives
     * the end of the process. A record may be seen a moment before its append returns, never before it keeps that promise.
     */
    ACKNOWLEDGED,
    /** What survives a power cut: a record is seen once the durable position is past its end, whatever the policy. */
    DURABLE
}
