package dev.nori.wal.crash;

import dev.nori.wal.Checkpoint;
import dev.nori.wal.Wal;
import java.util.Optional;

/**
 * What a log keeps beside its records.
 *
 * @param metadata the number of its metadata; 0 without any, -1 if nobody ever set them
 * @param checkpoint the number of what was noted with the last checkpoint, in the same way; 0 without a checkpoint
 * @param checkpointPosition of that; 0 without one
 */
public record Kept(long metadata, long checkpoint, long checkpointPosition) {
    /** Nothing. */
    public static final Kept NOTHING = new Kept(NoteContent.NONE, NoteContent.NONE, 0);

    /** What is kept is not what anybody gave. */
    public static final long TORN = NoteContent.TORN;

    /** What the log says, in each of the ways in which it says it. */
    static Kept of(Wal wal) {
        long metadata = NoteContent.number(wal.metadata());
        Optional<Checkpoint> last = wal.lastCheckpoint();
        Optional<Checkpoint> reported = wal.recovery().lastCheckpoint();
        if (last.isEmpty() && reported.isEmpty()) return new Kept(metadata, NoteContent.NONE, 0);
        if (last.isEmpty() || reported.isEmpty()) return new Kept(metadata, TORN, 0);
        long number = NoteContent.number(last.get().data());
        boolean same = reported.get().position().equals(last.get().position())
                && NoteContent.number(reported.get().data()) == number
                && number != NoteContent.NONE;
        return new Kept(metadata, same ? number : TORN, last.get().position().bytes());
    }

    Kept withMetadata(long number) {
        return new Kept(number, checkpoint, checkpointPosition);
    }

    Kept withCheckpoint(long number, long position) {
        return new Kept(metadata, number, position);
    }

    @Override
    public String toString() {
        return "metadata %d, checkpoint %d at %d".formatted(metadata, checkpoint, checkpointPosition);
    }
}
