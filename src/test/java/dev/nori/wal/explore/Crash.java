package dev.nori.wal.explore;

/** How a log ends. */
public enum Crash {
    /** The process dies; what it wrote stays in the page cache. */
    KILL,
    /** The machine stops; what was not synced may be lost. */
    POWER_CUT;

    @Override
    public String toString() {
        return this == KILL ? "kill" : "power cut";
    }
}
