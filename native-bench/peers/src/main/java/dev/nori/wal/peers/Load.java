package dev.nori.wal.peers;

/** The work that all do. */
enum Load {
    /** One thread, each append durable. */
    DURABLE_1(Promise.DURABLE, 1, 1024, "durable, 1 thread, 1 KiB"),
    /** Group commit. */
    DURABLE_16(Promise.DURABLE, 16, 1024, "durable, 16 threads, 1 KiB"),
    /** Group commit with more company. */
    DURABLE_64(Promise.DURABLE, 64, 1024, "durable, 64 threads, 1 KiB"),
    /** Durable within 5 ms. */
    SOON_1(Promise.SOON, 1, 128, "a sync every 5 ms, 1 thread, 128 B"),
    /** Never synced. */
    LATER_1(Promise.LATER, 1, 128, "no sync, 1 thread, 128 B"),
    /** Large records, durable within 5 ms. */
    LARGE_1(Promise.SOON, 1, 1 << 20, "a sync every 5 ms, 1 thread, 1 MiB");

    final Promise promise;
    final int threads;
    final int recordBytes;
    final String title;

    Load(Promise promise, int threads, int recordBytes, String title) {
        this.promise = promise;
        this.threads = threads;
        this.recordBytes = recordBytes;
        this.title = title;
    }
}
