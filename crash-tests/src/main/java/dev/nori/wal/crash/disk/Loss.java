package dev.nori.wal.crash.disk;

/** What a power cut does to the writes that no flush had covered. Each is legal for a disk with a write cache. */
public enum Loss {
    /** All of them are lost. */
    ALL_LOST(0),
    /** All of them are kept: the cache had just been written back. */
    ALL_KEPT(1),
    /** Each write is kept or lost as a whole, so a later one may be there and an earlier one not. */
    SOME_WRITES(2),
    /** Each unit that was written has its newest bytes or its durable ones. */
    SOME_UNITS(3),
    /** Each unit that was written has any one of its versions since the last flush, or its durable bytes. */
    ANY_VERSION(4),
    /** Written back in order up to some write, which is torn: its first units are new, the rest old. */
    TORN(5);

    private final int salt;

    Loss(int salt) {
        this.salt = salt;
    }

    /** What it adds to a seed; a replay depends on it. */
    int salt() {
        return salt;
    }
}
