package dev.nori.wal.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Checkpoint;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What the log must know beside its records: the last metadata, the last checkpoint. */
final class ExpectedNotes {
    private byte[] metadata = new byte[0];
    private @Nullable Checkpoint checkpoint;

    /** Some bytes, others each time. */
    static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    void metadata(byte[] bytes) {
        metadata = bytes;
    }

    void checkpoint(Position position, byte[] data) {
        checkpoint = new Checkpoint(position, MemorySegment.ofArray(data));
    }

    /**
     * The end of the log was cut off there: a checkpoint beyond goes with it, and one behind the last record stands where the log ends now.
     *
     * @param last where the last record stands that is left, or where the log begins
     */
    void cut(Position cut, Position last, Wal wal) {
        if (checkpoint == null || checkpoint.position().compareTo(last) <= 0) return;
        if (checkpoint.position().compareTo(cut) > 0) {
            checkpoint = null;
            return;
        }
        Position now = wal.lastCheckpoint().orElseThrow().position();
        Position before = checkpoint.position();
        assertTrue(now.compareTo(last) >= 0 && now.compareTo(before) <= 0, () -> "moved from " + before + " to " + now);
        checkpoint = new Checkpoint(now, checkpoint.data());
    }

    void reset() {
        checkpoint = null;
    }

    void check(Wal wal) {
        assertArrayEquals(metadata, array(wal.metadata()), "metadata");
        check(wal.lastCheckpoint());
    }

    /** After an open. */
    void checkFound(Wal wal) {
        check(wal);
        check(wal.recovery().lastCheckpoint());
    }

    private void check(Optional<Checkpoint> found) {
        assertEquals(
                checkpoint == null ? null : checkpoint.position(),
                found.map(Checkpoint::position).orElse(null),
                "position of the checkpoint");
        if (checkpoint != null)
            assertArrayEquals(
                    array(checkpoint.data()), array(found.orElseThrow().data()), "checkpoint");
    }

    private static byte[] array(MemorySegment memory) {
        return memory.toArray(ValueLayout.JAVA_BYTE);
    }
}
