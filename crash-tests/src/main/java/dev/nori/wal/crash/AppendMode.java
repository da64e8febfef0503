package dev.nori.wal.crash;

/** Which forms of append a workload uses. */
public enum AppendMode {
    /** {@code append}, one after the other. */
    SYNC,
    /** {@code appendAsync}, with up to {@value Workload#ASYNC_WINDOW} futures open. */
    ASYNC,
    /** {@code appendBatch} with 2 to {@value Workload#MAX_BATCH} records. */
    BATCH,
    /** All of these in turn, with codecs, with {@code Durability.DURABLE} now and then, and with {@code sync}. */
    MIXED
}
