package dev.nori.wal.frame;

/** A frame of records before it has its place. */
public sealed interface FrameDraft permits RecordDraft, BatchDraft, EncodedDraft {
    /** One of {@link FrameKind}. */
    byte kind();

    /** For the header. */
    byte flags();

    /** For the header. */
    int keyField();

    /** What {@link #writePayload} appends, in bytes, without padding. */
    long payloadBytes();

    /** How many records. */
    int count();

    /** Appends the payload, without padding. */
    void writePayload(PayloadSink sink);
}
