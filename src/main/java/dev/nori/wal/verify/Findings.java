package dev.nori.wal.verify;

import dev.nori.wal.VerifyFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The findings of one part of the log. Keeps the first one, others as long as there is room, and counts the rest. One thread. */
final class Findings {
    /** How many are kept of all parts together, besides the first of each. */
    static final int MOST = 1000;

    private final AtomicInteger room;
    private final List<VerifyFinding> kept = new ArrayList<>();
    private long leftOut;

    /**
     * No findings yet.
     *
     * @param room how many more all parts together may keep
     */
    Findings(AtomicInteger room) {
        this.room = room;
    }

    void add(VerifyFinding finding) {
        if (kept.isEmpty() || room.getAndDecrement() > 0) kept.add(finding);
        else leftOut++;
    }

    List<VerifyFinding> kept() {
        return kept;
    }

    long leftOut() {
        return leftOut;
    }

    boolean isEmpty() {
        return kept.isEmpty();
    }
}
