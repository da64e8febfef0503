package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Checkpoint;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata, checkpoints, and the file that holds them. */
class NotesTest extends EveryEngine {
    private static final int BLOCK_BYTES = 4096;
    private static final int SLOT_BYTES = 9 * BLOCK_BYTES;

    private static MemorySegment bytes(int length, int value) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) value);
        return MemorySegment.ofArray(bytes);
    }

    private static void assertSame(MemorySegment expected, MemorySegment found) {
        assertArrayEquals(expected.toArray(ValueLayout.JAVA_BYTE), found.toArray(ValueLayout.JAVA_BYTE));
    }

    private Path control() {
        return directory.resolve("CONTROL");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 4000, 5000, Wal.MAX_NOTE_BYTES})
    void comeBack(int length) {
        try (Wal wal = open()) {
            assertEquals(0, wal.metadata().byteSize());
            assertTrue(wal.lastCheckpoint().isEmpty());
            List<Position> positions = Records.append(wal, 0, 10);
            wal.setMetadata(bytes(length, 1));
            wal.checkpoint(positions.get(4), bytes(length, 2));
            assertSame(bytes(length, 1), wal.metadata());
        }
        for (int round = 0; round < 2; round++) {
            try (Wal wal = open()) {
                assertSame(bytes(length, 1), wal.metadata());
                Checkpoint checkpoint = wal.lastCheckpoint().orElseThrow();
                assertSame(bytes(length, 2), checkpoint.data());
                assertEquals(
                        checkpoint.position(),
                        wal.recovery().lastCheckpoint().orElseThrow().position());
                assertEquals(
                        Records.numbered(4),
                        Records.entries(wal, checkpoint.position()).getFirst().record());
            }
        }
    }

    @Test
    void makeWhatLiesBelowTheCheckpointDurable() {
        try (Wal wal = open()) {
            Records.append(wal, 0, 10);
            Position end = Records.entries(wal).get(8).next();
            wal.checkpoint(end, bytes(0, 0));
            assertTrue(wal.durablePosition().compareTo(end) >= 0);
        }
    }

    @Test
    void areRefusedWhereTheyAreTooLongOrTheirPlaceIsWrong() {
        try (Wal wal = open()) {
            List<Position> positions = Records.append(wal, 0, 10);
            wal.checkpoint(positions.get(1), bytes(1, 1));
            wal.setMetadata(bytes(1, 1));
            MemorySegment tooLong = bytes(Wal.MAX_NOTE_BYTES + 1, 0);
            assertThrows(IllegalArgumentException.class, () -> wal.setMetadata(tooLong));
            assertThrows(IllegalArgumentException.class, () -> wal.checkpoint(positions.get(2), tooLong));
            for (long wrong :
                    new long[] {positions.get(3).bytes() + 8, wal.endPosition().bytes() + 8}) {
                assertThrows(IllegalArgumentException.class, () -> wal.checkpoint(new Position(wrong), bytes(1, 2)));
            }
            assertEquals(positions.get(1), wal.lastCheckpoint().orElseThrow().position());
            assertSame(bytes(1, 1), wal.metadata());
        }
    }

    @Test
    void surviveTrimmingBeyondThemAndAReset() {
        try (Wal wal = open()) {
            for (int i = 0; i < 45; i++) wal.append(Records.sized(i, 100_000));
            Position early = Records.entries(wal).get(2).position();
            wal.checkpoint(early, bytes(3, 3));
            wal.setMetadata(bytes(4, 4));
            wal.sync();
            wal.truncateBefore(wal.endPosition());
            assertEquals(early, wal.lastCheckpoint().orElseThrow().position());
            assertThrows(WalException.Truncated.class, () -> wal.checkpoint(early, bytes(0, 0)));
            wal.reset(0);
            assertTrue(wal.lastCheckpoint().isEmpty());
            assertSame(bytes(4, 4), wal.metadata());
        }
        try (Wal wal = open()) {
            assertSame(bytes(4, 4), wal.metadata());
            assertTrue(wal.recovery().lastCheckpoint().isEmpty());
        }
    }

    @Test
    void haveTheirFileAsSoonAsTheLogIsOpen() throws Exception {
        open().close();
        assertEquals(2 * SLOT_BYTES, Files.size(control()));
    }

    @Test
    void getAFileWhereThereAreOnlySegments() throws Exception {
        try (Wal wal = open()) {
            Records.append(wal, 0, 10);
        }
        Files.delete(control());
        Files.delete(directory.resolve("STAGE"));
        try (Wal wal = open()) {
            assertEquals(2 * SLOT_BYTES, Files.size(control()));
            Records.assertHolds(wal, 10);
            wal.setMetadata(bytes(1, 1));
        }
        try (Wal wal = open()) {
            assertSame(bytes(1, 1), wal.metadata());
        }
    }

    @Test
    void surviveDamageToOneSlot() throws Exception {
        for (int slot = 0; slot < 2; slot++) {
            try (Wal wal = open()) {
                wal.setMetadata(bytes(50, slot));
            }
            Folders.flip(control(), (long) slot * SLOT_BYTES + 110);
            try (Wal wal = open()) {
                assertSame(bytes(50, slot), wal.metadata());
            }
            try (Wal wal = open()) {
                assertSame(bytes(50, slot), wal.metadata()); // the damaged one was written again
            }
        }
    }

    @Test
    void areNotTakenForNeverSetWhereBothSlotsAreDamaged() throws Exception {
        try (Wal wal = open()) {
            wal.setMetadata(bytes(50, 1));
        }
        for (int slot = 0; slot < 2; slot++) Folders.flip(control(), (long) slot * SLOT_BYTES + 110);
        var before = Folders.contents(directory);
        assertThrows(WalException.Corrupt.class, () -> open().close());
        Folders.assertUntouched(before, directory);
        Folders.flip(control(), 110);
        try (Wal wal = open()) {
            assertSame(bytes(50, 1), wal.metadata());
        }
    }

    @Test
    void areNotTakenForNeverSetWhereTheirFileIsLost() throws Exception {
        try (Wal wal = open()) {
            Records.append(wal, 0, 3);
            wal.setMetadata(bytes(50, 1));
        }
        Files.delete(control());
        var before = Folders.contents(directory);
        assertThrows(WalException.Corrupt.class, () -> open().close());
        Folders.assertUntouched(before, directory);
    }

    @Test
    void ofALaterVersionAreRefusedAndNotChanged() throws Exception {
        try (Wal wal = open()) {
            wal.setMetadata(bytes(50, 1));
        }
        Folders.overwrite(control(), 8, (byte) 2);
        var before = Folders.contents(directory);
        assertThrows(WalException.Unsupported.class, () -> open().close());
        Folders.assertUntouched(before, directory);
    }
}
