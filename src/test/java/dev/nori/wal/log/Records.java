package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Records to write, and ways to read them back. */
public final class Records {
    private Records() {}

    /** A small record that says its number, with a value of its own. */
    public static WalRecord numbered(int number) {
        return sized(number, 24 + number % 40);
    }

    /** A record with that number as its key and a value of that many bytes. */
    public static WalRecord sized(int number, int valueBytes) {
        byte[] value = new byte[valueBytes];
        new SplittableRandom(number).nextBytes(value);
        return WalRecord.put(key(number), value);
    }

    public static byte[] key(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    /** The number in a key. */
    public static int number(LogEntry entry) {
        return ByteBuffer.wrap(entry.record().keyBytes()).getInt();
    }

    /** {@link #numbered} from 0. */
    public static List<WalRecord> numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(Records::numbered).toList();
    }

    /** Appends the numbered records from one number up to another, and answers their positions. */
    public static List<Position> append(Wal wal, int from, int to) {
        List<Position> positions = new ArrayList<>();
        for (int i = from; i < to; i++) positions.add(wal.append(numbered(i)));
        return positions;
    }

    /** Everything in the log. */
    public static List<LogEntry> entries(Wal wal) {
        return entries(wal, Position.START);
    }

    /** Everything from a position on. */
    public static List<LogEntry> entries(Wal wal, Position from) {
        List<LogEntry> entries = new ArrayList<>();
        try (WalReader reader = wal.readFrom(from)) {
            for (LogEntry entry : reader) entries.add(entry);
        }
        return entries;
    }

    /** Everything in the log, without positions. */
    public static List<WalRecord> records(Wal wal) {
        return entries(wal).stream().map(LogEntry::record).toList();
    }

    /** The log holds the numbered records from 0 on, so many of them, in order, with positions and numbers that fit. */
    public static void assertHolds(Wal wal, int count) {
        List<LogEntry> entries = entries(wal);
        assertConsistent(entries, 0);
        for (int i = 0; i < Math.min(count, entries.size()); i++) {
            assertEquals(numbered(i), entries.get(i).record(), "record " + i);
        }
        assertEquals(count, entries.size());
    }

    /** The log holds exactly these records. */
    public static void assertHolds(Wal wal, List<WalRecord> expected) {
        List<LogEntry> entries = entries(wal);
        assertConsistent(entries, 0);
        for (int i = 0; i < Math.min(expected.size(), entries.size()); i++) {
            assertSame(expected.get(i), entries.get(i).record(), "record " + i);
        }
        assertEquals(expected.size(), entries.size());
    }

    /** Sequence numbers without a gap, places one behind the other, times that do not go back. */
    public static void assertConsistent(List<LogEntry> entries, long firstSequence) {
        for (int i = 0; i < entries.size(); i++) {
            LogEntry entry = entries.get(i);
            assertEquals(firstSequence + i, entry.sequence());
            assertTrue(entry.position().compareTo(entry.next()) < 0, entry::toString);
            if (i == 0) continue;
            LogEntry before = entries.get(i - 1);
            assertTrue(before.next().compareTo(entry.position()) <= 0, () -> before + " then " + entry);
            assertTrue(!entry.appendedAt().isBefore(before.appendedAt()), () -> before + " then " + entry);
        }
    }

    /** Like equals, with a message that says what differs. */
    public static void assertSame(WalRecord expected, WalRecord actual, String what) {
        assertArrayEquals(expected.keyBytes(), actual.keyBytes(), () -> what + ": key");
        assertArrayEquals(expected.valueBytes(), actual.valueBytes(), () -> what + ": value");
        assertEquals(expected.ttl(), actual.ttl(), () -> what + ": ttl");
        assertEquals(expected.version(), actual.version(), () -> what + ": version");
        assertEquals(expected.isTombstone(), actual.isTombstone(), () -> what + ": tombstone");
        assertEquals(expected, actual, what);
    }
}
