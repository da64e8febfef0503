package dev.nori.wal.verify;

/** Counts what was found to be right. One thread. */
final class Counts {
    private long records;
    private long bytes;
    private long notDecoded;
    private long firstTime = -1;
    private long lastTime = -1;

    void records(long more) {
        records += more;
    }

    void bytes(long more) {
        bytes += more;
    }

    void notDecoded() {
        notDecoded++;
    }

    void time(long millis) {
        if (firstTime < 0) firstTime = millis;
        lastTime = millis;
    }

    void add(Counts other) {
        records += other.records;
        bytes += other.bytes;
        notDecoded += other.notDecoded;
    }

    long records() {
        return records;
    }

    /** Of frames. */
    long bytes() {
        return bytes;
    }

    /** Values for which there is no library. */
    long valuesNotDecoded() {
        return notDecoded;
    }

    /** Of the first record; otherwise what is given. */
    long firstTimeOr(long other) {
        return firstTime < 0 ? other : firstTime;
    }

    /** Of the last record; otherwise what is given. */
    long lastTimeOr(long other) {
        return lastTime < 0 ? other : lastTime;
    }
}
