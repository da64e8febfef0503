package dev.nori.wal.crash;

import java.util.List;

/**
 * What the last complete recovery brought back.
 *
 * @param generation the open's number; -1 if there was no recovery yet
 */
record Settled(List<Entry> entries, Front front, Kept kept, long generation) {
    /** Of a log that was never opened. */
    static final Settled NOTHING = new Settled(List.of(), Front.OF_ALL, Kept.NOTHING, -1);

    static Settled of(Opened opened, List<Entry> back) {
        return new Settled(List.copyOf(back), opened.front(), opened.kept(), opened.generation());
    }
}
