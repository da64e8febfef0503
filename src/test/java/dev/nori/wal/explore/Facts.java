package dev.nori.wal.explore;

import dev.nori.wal.Checkpoint;
import dev.nori.wal.Wal;
import dev.nori.wal.frame.ControlSlot;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the log had promised besides its records. While a call is under way it may be found done or not done, never half done.
 *
 * @param first the log begins with this record, if it was not trimmed further
 * @param firstAtMost it begins with this one at the latest
 * @param cutTo how many records are left if the cut that is under way was carried out; -1 if none is
 * @param resetTo the number of the next record if the reset that is under way was carried out; -1 if none is
 * @param nextSerial higher than that of any record that was ever appended
 * @param metadata what may be found
 * @param checkpoints what may be found
 */
record Facts(
        int first,
        int firstAtMost,
        int cutTo,
        int resetTo,
        int nextSerial,
        List<Note> metadata,
        List<Note> checkpoints) {
    private static final int NONE_UNDER_WAY = -1;

    /** Of a log that was never opened. */
    static final Facts NONE =
            new Facts(0, 0, NONE_UNDER_WAY, NONE_UNDER_WAY, 0, List.of(Note.NOTHING), List.of(Note.NOTHING));

    /**
     * Some bytes, all of which follow from the serial.
     *
     * @param record of which a checkpoint speaks
     */
    record Note(int serial, int bytes, int record) {
        static final Note NOTHING = new Note(-1, 0, 0);

        MemorySegment content() {
            byte[] content = new byte[bytes];
            new SplittableRandom(serial).nextBytes(content);
            return MemorySegment.ofArray(content);
        }

        boolean is(MemorySegment found) {
            return found.mismatch(content()) == -1;
        }
    }

    Facts beginningBy(int most) {
        return new Facts(first, most, cutTo, resetTo, nextSerial, metadata, checkpoints);
    }

    Facts beginningWith(int record) {
        return new Facts(record, record, cutTo, resetTo, nextSerial, metadata, checkpoints);
    }

    Facts cuttingTo(int records) {
        List<Note> maybe = new ArrayList<>(checkpoints);
        if (checkpoints.stream().anyMatch(note -> note.record() > records)) maybe.add(Note.NOTHING);
        return new Facts(first, firstAtMost, records, resetTo, nextSerial, metadata, maybe);
    }

    Facts cut() {
        List<Note> left =
                checkpoints.stream().filter(note -> note.record() <= cutTo).toList();
        return new Facts(
                first, firstAtMost, NONE_UNDER_WAY, resetTo, nextSerial, metadata, left.isEmpty() ? nothing() : left);
    }

    Facts resettingTo(int number) {
        List<Note> maybe = new ArrayList<>(checkpoints);
        maybe.add(Note.NOTHING);
        return new Facts(first, firstAtMost, cutTo, number, nextSerial, metadata, maybe);
    }

    Facts reset() {
        return new Facts(resetTo, resetTo, NONE_UNDER_WAY, NONE_UNDER_WAY, nextSerial, metadata, nothing());
    }

    /** Nothing is under way any more. */
    Facts quiet() {
        return new Facts(first, firstAtMost, NONE_UNDER_WAY, NONE_UNDER_WAY, nextSerial, metadata, checkpoints);
    }

    Facts withSerial(int next) {
        return new Facts(first, firstAtMost, cutTo, resetTo, next, metadata, checkpoints);
    }

    Facts withMetadata(List<Note> allowed) {
        return new Facts(first, firstAtMost, cutTo, resetTo, nextSerial, allowed, checkpoints);
    }

    Facts withCheckpoints(List<Note> allowed) {
        return new Facts(first, firstAtMost, cutTo, resetTo, nextSerial, metadata, allowed);
    }

    private static List<Note> nothing() {
        return List.of(Note.NOTHING);
    }

    static List<Note> oneOf(List<Note> before, Note now) {
        List<Note> both = new ArrayList<>(before);
        both.add(now);
        return both;
    }

    // ---- what is found

    /** What is wrong with the notes that recovery found; null if nothing is. */
    @Nullable String wrong(ControlSlot found, long end) {
        ControlSlot.Mark mark = found.checkpoint();
        if (mark == null) return wrong(found.metadata(), null, 0, end);
        return wrong(found.metadata(), mark.data(), mark.position(), end);
    }

    /** What is wrong with the notes of a log; null if nothing is. */
    @Nullable String wrong(Wal wal) {
        Checkpoint checkpoint = wal.lastCheckpoint().orElse(null);
        long end = wal.recovery().end().bytes();
        if (checkpoint == null) return wrong(wal.metadata(), null, 0, end);
        return wrong(wal.metadata(), checkpoint.data(), checkpoint.position().bytes(), end);
    }

    private @Nullable String wrong(MemorySegment found, @Nullable MemorySegment checkpoint, long position, long end) {
        if (metadata.stream().noneMatch(note -> note.is(found))) {
            return "the metadata are none of " + metadata;
        }
        boolean known = checkpoint == null
                ? checkpoints.contains(Note.NOTHING)
                : checkpoints.stream().anyMatch(note -> note.serial() >= 0 && note.is(checkpoint));
        if (!known) return "the checkpoint is none of " + checkpoints + (checkpoint == null ? ", there is none" : "");
        return position <= end ? null : "the checkpoint is at %d, the log ends at %d".formatted(position, end);
    }

    /** What was found stays. */
    Facts settledBy(Wal wal) {
        String wrong = wrong(wal);
        if (wrong != null) throw new AssertionError(wrong);
        MemorySegment found = wal.metadata();
        Checkpoint checkpoint = wal.lastCheckpoint().orElse(null);
        List<Note> left = checkpoint == null
                ? nothing()
                : checkpoints.stream()
                        .filter(note -> note.is(checkpoint.data()))
                        .toList();
        return withMetadata(metadata.stream().filter(note -> note.is(found)).toList())
                .withCheckpoints(left)
                .quiet();
    }
}
