package dev.nori.wal;

/** What one append waits for, over the log's {@link FsyncPolicy}. */
public enum Durability {
    /** What the policy says. */
    POLICY,
    /** Acknowledged means durable, under any policy: the promise of {@link FsyncPolicy.Always} for this record. */
    DURABLE
}
