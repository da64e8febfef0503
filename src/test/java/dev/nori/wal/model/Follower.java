package dev.nori.wal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.WalException;

/** A reader that stays open while other things are done to the log: it sees exactly what follows, until its place is cut away. */
final class Follower implements AutoCloseable {
    private final LogModel model;
    private final Way way;
    private final Way.Open reader;
    private long nextSequence;
    private Position lastSeen;
    private boolean lost;
    private boolean stoodAtACut; // since it looked last
    private Position cutAt =
            new Position(Long.MAX_VALUE); // where the log was cut since it lost its place, at the lowest

    /** Begins at a place where the record with that number is or will be. */
    Follower(LogModel model, Way way, Position from, long nextSequence) {
        this.model = model;
        this.way = way;
        this.reader = way.open(model.wal(), from);
        this.nextSequence = nextSequence;
        this.lastSeen = from;
    }

    /** Goes on; false if it has lost its place and was told so. */
    boolean goOn(int steps) {
        if (lost) return isTold();
        stoodAtACut = false;
        for (int i = 0; i < steps && maySeeMore(); i++) {
            LogEntry entry = reader.next().get();
            assertNotNull(entry, () -> way + " stopped before record " + nextSequence);
            model.check(entry, model.indexOfSequence(nextSequence++));
            assertEquals(entry.next(), reader.position().get());
            lastSeen = entry.position();
        }
        if (!maySeeMore()) assertNull(reader.next().get(), () -> way + " saw more than there is");
        return true;
    }

    private boolean maySeeMore() {
        if (nextSequence >= model.nextSequence()) return false;
        Expected next = model.expected().get(model.indexOfSequence(nextSequence));
        return next.position().compareTo(way.limit(model.wal())) < 0;
    }

    /** Twice, and it says where reading can go on without missing anything that came since. */
    private boolean isTold() {
        for (int i = 0; i < 2; i++) {
            WalException.Truncated told = assertThrows(
                    WalException.Truncated.class, () -> reader.next().get());
            Position most = cutAt.compareTo(model.first()) > 0 ? cutAt : model.first();
            assertTrue(told.first().compareTo(most) <= 0, told::toString);
            model.checkFrom(told.first());
        }
        close();
        return false;
    }

    /** The log is about to be cut there. */
    void beforeCut(Position cut) {
        int beyond = reader.position().get().compareTo(cut);
        lost |= beyond > 0;
        stoodAtACut |= beyond == 0;
        if (lost && cut.compareTo(cutAt) < 0) cutAt = cut;
    }

    /** Everything is about to go. */
    void lose() {
        lost = true;
        cutAt = Position.START; // nothing before the new beginning counts
    }

    /**
     * Whether nobody is told if it loses its place by that cut. An earlier cut at its place, the start of a segment, has put it where the segment
     * before ends; and if its record begins a batch, what counts is where the batch begins.
     */
    boolean isOnTheEdgeOf(Position cut) {
        if (lost || cut.compareTo(reader.position().get()) >= 0) return false;
        return stoodAtACut ? isBehindTheRecordBefore(cut) : isBetweenItsRecordAndTheOneBefore(cut);
    }

    private boolean isBehindTheRecordBefore(Position cut) {
        int index = model.indexOfSequence(nextSequence);
        return index == 0 || cut.compareTo(model.expected().get(index - 1).position()) > 0;
    }

    private boolean isBetweenItsRecordAndTheOneBefore(Position cut) {
        if (nextSequence >= model.nextSequence()) return false;
        Position next =
                model.expected().get(model.indexOfSequence(nextSequence)).position();
        return next.equals(reader.position().get()) && isBehindTheRecordBefore(cut);
    }

    boolean isLost() {
        return lost;
    }

    /** The place in the log that it surely keeps: not later than this. */
    Position keepsAtMost() {
        return reader.position().get();
    }

    /** The same, not earlier than this. */
    Position keepsAtLeast() {
        return lastSeen;
    }

    @Override
    public void close() {
        reader.close();
    }
}
