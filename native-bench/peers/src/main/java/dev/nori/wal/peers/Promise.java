package dev.nori.wal.peers;

/** What an append promises when it returns. */
enum Promise {
    /** Durable. */
    DURABLE,
    /** Durable within five milliseconds: somebody syncs that often. */
    SOON,
    /** Nothing about power cuts. */
    LATER
}
