package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingForDurabilityTest extends EverySetting {
    @Test
    void endsWhenTheRecordIsDurable() {
        try (Wal wal = open()) {
            List<Position> positions = Records.append(wal, 0, 50);
            for (Position position : positions) {
                wal.awaitDurable(position);
                assertTrue(wal.durablePosition().compareTo(position) > 0);
            }
        }
    }

    @Test
    void takesTheEndOfTheLogToo() {
        try (Wal wal = open()) {
            wal.awaitDurable(wal.endPosition());
            wal.awaitDurable(Position.START);
            Records.append(wal, 0, 10);
            Position end = wal.endPosition();
            wal.awaitDurable(end);
            assertTrue(wal.durablePosition().compareTo(end) >= 0);
        }
    }

    @Test
    void isRefusedForWhatIsNotThereYet() {
        try (Wal wal = open()) {
            Records.append(wal, 0, 1);
            Position beyond = new Position(wal.endPosition().bytes() + 1);
            assertThrows(IllegalArgumentException.class, () -> wal.awaitDurable(beyond));
        }
    }

    @Test
    void isNotNeededAfterSync() {
        try (Wal wal = open()) {
            Records.append(wal, 0, 10);
            wal.sync();
            assertEquals(wal.endPosition(), wal.durablePosition());
            wal.sync();
            assertEquals(wal.endPosition(), wal.durablePosition());
        }
    }

    @Test
    void knowsAnEndThatEveryRecordLiesBefore() {
        try (Wal wal = open()) {
            for (int i = 0; i < 30; i++) {
                Position before = wal.endPosition();
                Position at = wal.append(Records.sized(i, 100_000));
                assertTrue(before.compareTo(at) <= 0, () -> before + " then " + at);
                assertTrue(at.compareTo(wal.endPosition()) < 0);
            }
        }
    }
}
