package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.EntryView;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.ReadBound;
import dev.nori.wal.SegmentInfo;
import dev.nori.wal.Version;
import dev.nori.wal.Wal;
import dev.nori.wal.WalCursor;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalTail;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** All the ways to read a log that is at rest, each of which must tell the same. */
public final class EveryWayToRead {
    private EveryWayToRead() {}

    /**
     * Every way tells these entries and no others.
     *
     * @param all what is in the log, from its first record on
     */
    public static void tells(Wal wal, List<LogEntry> all) {
        long first = wal.firstSequence();
        assertEquals(first + all.size(), wal.nextSequence());
        assertEquals(first + all.size() - 1, wal.lastSequence());
        int middle = all.size() / 2;
        for (int from : new int[] {0, middle, all.size()}) {
            Position position = wal.positionOf(first + from);
            walkingTells(wal, position, all.subList(from, all.size()));
            replayTells(wal, position, all.subList(from, all.size()));
        }
        questionsTell(wal, all);
        segmentsTell(wal, all);
    }

    private static void walkingTells(Wal wal, Position from, List<LogEntry> expected) {
        assertEquals(expected, Records.entries(wal, from));
        try (Stream<LogEntry> stream = wal.readFrom(from).stream()) {
            assertEquals(expected, stream.toList());
        }
        cursorTells(wal, from, expected);
        tailTells(wal, from, expected);
        List<LogEntry> durable = expected.stream()
                .filter(entry -> entry.next().compareTo(wal.durablePosition()) <= 0)
                .toList();
        try (WalReader reader = wal.readFrom(from, ReadBound.DURABLE)) {
            assertEquals(durable, reader.stream().toList());
        }
    }

    private static void cursorTells(Wal wal, Position from, List<LogEntry> expected) {
        try (WalCursor cursor = wal.cursor(from)) {
            assertEquals(from.bytes(), cursor.nextPositionBytes());
            for (LogEntry entry : expected) {
                assertTrue(cursor.next(), entry::toString);
                assertShows(entry, cursor);
                assertEquals(entry, cursor.entry());
            }
            assertFalse(cursor.next());
            assertThrows(IllegalStateException.class, cursor::key);
            try (WalReader resumed = wal.readFrom(new Position(cursor.nextPositionBytes()))) {
                assertNull(resumed.poll());
            }
        }
    }

    /** The view shows that entry, in every part. */
    static void assertShows(LogEntry expected, EntryView view) {
        assertEquals(expected.sequence(), view.sequence());
        assertEquals(expected.position().bytes(), view.positionBytes());
        assertEquals(expected.next().bytes(), view.nextPositionBytes());
        assertEquals(expected.appendedAt().toEpochMilli(), view.appendedAtMillis());
        assertEquals(expected.record().isTombstone(), view.isTombstone());
        assertEquals(-1, expected.record().key().mismatch(view.key()));
        assertEquals(-1, expected.record().value().mismatch(view.value()));
        assertEquals(expected.record().key().asByteBuffer(), view.keyBuffer());
        assertEquals(expected.record().value().asByteBuffer(), view.valueBuffer());
        assertTrue(view.keyBuffer().isReadOnly() && view.valueBuffer().isReadOnly());
        long ttl = expected.record().ttl().map(Duration::toMillis).orElse(EntryView.NO_TTL);
        assertEquals(ttl, view.ttlMillis());
        assertEquals(expected.record().version().isPresent(), view.hasVersion());
        Version version = expected.record().version().orElse(new Version(0, 0));
        assertEquals(version, new Version(view.term(), view.index()));
        assertThrows(RuntimeException.class, () -> view.key().set(ValueLayout.JAVA_BYTE, 0, (byte) 1));
    }

    private static void tailTells(Wal wal, Position from, List<LogEntry> expected) {
        try (WalTail tail = wal.tail(from)) {
            List<LogEntry> seen = new ArrayList<>();
            for (LogEntry entry = tail.poll(Duration.ZERO); entry != null; entry = tail.poll(Duration.ZERO)) {
                assertEquals(entry.next(), tail.position());
                seen.add(entry);
            }
            assertEquals(expected, seen);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void questionsTell(Wal wal, List<LogEntry> all) {
        int step = Math.max(1, all.size() / 20);
        for (int i = 0; i < all.size(); i += step) {
            LogEntry entry = all.get(i);
            assertEquals(entry, wal.read(entry.sequence()));
            assertEquals(entry.position(), wal.positionOf(entry.sequence()));
            assertEquals(firstNotBefore(all, entry.appendedAt()), wal.read(sequenceAt(wal, entry.appendedAt())));
            assertTellsTime(wal, all, entry.appendedAt().plusNanos(1));
        }
        assertTellsTime(wal, all, Instant.EPOCH);
        assertTellsTime(wal, all, Instant.MIN);
        assertTellsTime(wal, all, Instant.MAX);
        assertThrows(IllegalArgumentException.class, () -> wal.read(wal.nextSequence()));
        assertThrows(IllegalArgumentException.class, () -> wal.positionOf(wal.nextSequence() + 1));
    }

    private static void assertTellsTime(Wal wal, List<LogEntry> all, Instant time) {
        List<LogEntry> from = Records.entries(wal, wal.positionAt(time));
        assertEquals(
                all.stream()
                        .dropWhile(entry -> entry.appendedAt().isBefore(time))
                        .toList(),
                from);
    }

    private static LogEntry firstNotBefore(List<LogEntry> all, Instant time) {
        return all.stream()
                .filter(entry -> !entry.appendedAt().isBefore(time))
                .findFirst()
                .orElseThrow();
    }

    private static long sequenceAt(Wal wal, Instant time) {
        try (WalReader reader = wal.readFrom(wal.positionAt(time))) {
            return reader.stream().findFirst().orElseThrow().sequence();
        }
    }

    private static void segmentsTell(Wal wal, List<LogEntry> all) {
        List<LogEntry> read = new ArrayList<>();
        List<SegmentInfo> segments = wal.segments();
        for (int i = 0; i < segments.size(); i++) {
            SegmentInfo segment = segments.get(i);
            List<LogEntry> held = segmentTells(wal, segment);
            read.addAll(held);
            assertEquals(segment.records(), held.size(), segment::toString);
            if (i == segments.size() - 1) continue;
            SegmentInfo next = segments.get(i + 1);
            assertEquals(segment.id() + 1, next.id());
            assertEquals(segment.end(), next.base());
            assertEquals(segment.nextSequence(), next.firstSequence());
        }
        assertEquals(all, read);
        assertEquals(wal.endPosition(), segments.getLast().end());
        assertFalse(segments.getLast().sealed());
        assertThrows(
                IllegalArgumentException.class,
                () -> wal.readSegment(segments.getLast().id() + 1));
    }

    private static List<LogEntry> segmentTells(Wal wal, SegmentInfo segment) {
        try (WalReader reader = wal.readSegment(segment.id())) {
            List<LogEntry> held = reader.stream().toList();
            for (LogEntry entry : held) {
                assertFalse(entry.position().compareTo(segment.base()) < 0, segment::toString);
                assertFalse(entry.next().compareTo(segment.end()) > 0, segment::toString);
                assertFalse(entry.appendedAt().isBefore(segment.begunAt()), segment::toString);
                assertFalse(entry.appendedAt().isAfter(segment.endedAt()), segment::toString);
            }
            return held;
        }
    }

    private static void replayTells(Wal wal, Position from, List<LogEntry> expected) {
        for (int parallelism : new int[] {1, 3}) {
            ConcurrentHashMap<Thread, List<LogEntry>> seen = new ConcurrentHashMap<>();
            wal.replay(
                    from,
                    parallelism,
                    view -> seen.computeIfAbsent(Thread.currentThread(), t -> new ArrayList<>())
                            .add(view.entry()));
            TreeMap<Position, LogEntry> sorted = new TreeMap<>();
            seen.values().forEach(list -> list.forEach(entry -> sorted.put(entry.position(), entry)));
            assertEquals(expected, List.copyOf(sorted.values()));
            assertEquals(
                    expected.size(), seen.values().stream().mapToInt(List::size).sum());
            seen.values().forEach(EveryWayToRead::assertInOrder);

            List<LogEntry> ordered = new ArrayList<>();
            wal.replayInOrder(from, parallelism, ordered::add);
            assertEquals(expected, ordered);
        }
    }

    /** Whoever takes segments one after the other takes later ones later. */
    private static void assertInOrder(List<LogEntry> entries) {
        for (int i = 1; i < entries.size(); i++) {
            LogEntry before = entries.get(i - 1);
            assertFalse(before.position().compareTo(entries.get(i).position()) >= 0, before::toString);
        }
    }
}
