package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReaderTest extends EverySetting {
    /** Singles and batches over three segments. */
    private static void fill(Wal wal) {
        for (int i = 0; i < 30; i++) {
            wal.append(Records.sized(3 * i, 80_000));
            wal.appendBatch(List.of(Records.numbered(3 * i + 1), Records.numbered(3 * i + 2)));
            if (i % 7 == 0) wal.sync();
        }
    }

    private static List<Integer> numbers(List<LogEntry> entries) {
        return entries.stream().map(Records::number).toList();
    }

    @Test
    void beginsWhereverARecordStartsOrEnds() {
        try (Wal wal = open()) {
            fill(wal);
            assertBeginsAnywhere(wal);
        }
        try (Wal wal = open()) {
            assertBeginsAnywhere(wal);
        }
    }

    private static void assertBeginsAnywhere(Wal wal) {
        List<LogEntry> all = Records.entries(wal);
        Records.assertConsistent(all, 0);
        assertEquals(90, all.size());
        for (int i = 0; i < all.size(); i++) {
            assertEquals(i, Records.number(all.get(i)));
            try (WalReader at = wal.readFrom(all.get(i).position());
                    WalReader next = wal.readFrom(all.get(i).next())) {
                assertEquals(all.get(i), at.poll());
                assertEquals(i + 1 < all.size() ? all.get(i + 1) : null, next.poll());
            }
        }
        int half = all.size() / 2;
        assertEquals(
                all.subList(half, all.size()),
                Records.entries(wal, all.get(half).position()));
    }

    @Test
    void isRefusedInsideARecord() {
        try (Wal wal = open()) {
            fill(wal);
            List<LogEntry> all = Records.entries(wal);
            Set<Long> places = new HashSet<>();
            all.forEach(entry ->
                    places.addAll(List.of(entry.position().bytes(), entry.next().bytes())));
            for (LogEntry entry : all) {
                long from = entry.position().bytes();
                for (long inside :
                        new long[] {from + 1, from + 8, from + 16, entry.next().bytes() - 1}) {
                    if (places.contains(inside)) continue;
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> wal.readFrom(new Position(inside)).close());
                }
            }
        }
    }

    @Test
    void isRefusedBeyondTheEnd() {
        try (Wal wal = open()) {
            for (int i = 0; i < 2; i++) {
                Position beyond = new Position(wal.endPosition().bytes() + 8);
                assertThrows(IllegalArgumentException.class, () -> wal.readFrom(beyond));
                wal.append(Records.numbered(i));
            }
            assertThrows(IllegalArgumentException.class, () -> wal.readFrom(new Position(Long.MAX_VALUE)));
        }
    }

    @Test
    void waitsAtTheEndForWhatIsAppendedLater() {
        try (Wal wal = open();
                WalReader reader = wal.readFrom(wal.endPosition())) {
            assertNull(reader.poll());
            for (int i = 0; i < 60; i++) {
                Position at = wal.append(Records.sized(i, 50_000));
                LogEntry entry = reader.poll();
                assertEquals(Records.sized(i, 50_000), entry == null ? null : entry.record());
                assertEquals(at, entry == null ? null : entry.position());
                assertNull(reader.poll());
                try (WalReader fresh = wal.readFrom(wal.endPosition())) {
                    assertNull(fresh.poll());
                }
            }
        }
    }

    @Test
    void acceptsEveryPlaceThatTheLogItselfNames() {
        List<Position> named = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            try (Wal wal = open()) {
                named.add(wal.recovery().first());
                named.add(wal.recovery().end());
                named.add(wal.endPosition());
                if (round % 2 == 1) wal.append(Records.numbered(round));
                named.add(wal.endPosition());
                wal.sync();
                named.add(wal.durablePosition());
                for (Position position : named) wal.readFrom(position).close();
            }
        }
        try (Wal wal = open()) {
            for (Position position : named) {
                assertEquals(
                        Records.entries(wal).stream()
                                .filter(entry -> entry.position().compareTo(position) >= 0)
                                .toList(),
                        Records.entries(wal, position));
            }
        }
    }

    @Test
    void resumesAfterTheLastEntryOfAnEarlierOpen() {
        Position next = Position.START;
        for (int round = 0; round < 5; round++) {
            try (Wal wal = open()) {
                Records.append(wal, round * 10, round * 10 + 10);
                List<LogEntry> fresh = Records.entries(wal, next);
                assertEquals(round == 0 ? 0 : round * 10, Records.number(fresh.getFirst()));
                assertEquals(10, fresh.size());
                next = fresh.getLast().next();
            }
        }
    }

    @Test
    void saysWhereItStands() {
        try (Wal wal = open()) {
            fill(wal);
            try (WalReader reader = wal.readFrom(Position.START)) {
                assertEquals(Position.START, reader.position());
                for (LogEntry entry = reader.poll(); entry != null; entry = reader.poll()) {
                    assertEquals(entry.next(), reader.position());
                }
            }
        }
    }

    @Test
    void endsItsIteratorAtTheEndForNow() {
        try (Wal wal = open();
                WalReader reader = wal.readFrom(Position.START)) {
            Iterator<LogEntry> entries = reader.iterator();
            assertThrows(NoSuchElementException.class, entries::next);
            wal.append(Records.numbered(0));
            assertEquals(0, Records.number(entries.next()));
            assertThrows(NoSuchElementException.class, entries::next);
        }
    }

    @Test
    void isClosedTwiceAndThenSaysSo() {
        try (Wal wal = open()) {
            Records.append(wal, 0, 3);
            WalReader reader = wal.readFrom(Position.START);
            reader.poll();
            reader.close();
            reader.close();
            assertThrows(WalException.Closed.class, reader::poll);
            assertEquals(List.of(0, 1, 2), numbers(Records.entries(wal)));
        }
    }
}
