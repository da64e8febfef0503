package dev.nori.wal.crash;

import dev.nori.wal.Wal;
import java.util.SplittableRandom;

/** What a {@link Chore} works with. For one thread. */
final class Grounds {
    private static final int NOTES_LOG2 = 32;

    private final Wal wal;
    private final Reporter reporter;
    private final Gate gate;
    private final SplittableRandom random;
    private final Places places = new Places();
    private long note;

    /** @param life notes of two processes that have different ones differ too */
    Grounds(Wal wal, Reporter reporter, Gate gate, SplittableRandom random, long life) {
        this.wal = wal;
        this.reporter = reporter;
        this.gate = gate;
        this.random = random;
        this.note = life << NOTES_LOG2;
    }

    /** Announces a deed, does it, and reports that it is done and where the log begins then. */
    void report(Deed deed, Runnable call) {
        reporter.begins(deed);
        call.run();
        reporter.done(deed, new Front(wal.firstPosition().bytes(), wal.firstSequence()));
    }

    Wal wal() {
        return wal;
    }

    Gate gate() {
        return gate;
    }

    SplittableRandom random() {
        return random;
    }

    Places places() {
        return places;
    }

    /** A number that no note of this log has had. */
    long nextNote() {
        return ++note;
    }
}
