package dev.nori.wal.crash.heap;

import dev.nori.wal.LogEntry;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalRecord;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Records whose number says all about them: key, length and content. Every thousandth is a mebibyte. */
final class NumberedRecords {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final int LARGE_EVERY = 1000;
    private static final int LARGE_BYTES = 1 << 20;
    private static final int LEAST_BYTES = 512;
    private static final int SPREAD_BYTES = 16 << 10;

    private NumberedRecords() {}

    static int valueBytes(long number) {
        if (number % LARGE_EVERY == LARGE_EVERY - 1) return LARGE_BYTES;
        return LEAST_BYTES + Math.floorMod(mixed(number), SPREAD_BYTES);
    }

    private static long mixed(long number) {
        long x = number * 0x9E37_79B9_7F4A_7C15L;
        return x ^ x >>> 29;
    }

    static void append(WalAppender appender, long number) {
        appender.put(Long.BYTES, valueBytes(number), (key, value) -> {
            key.set(LONG, 0, number);
            fill(value, number);
        });
    }

    private static void fill(MemorySegment value, long number) {
        for (long at = 0; at + Long.BYTES <= value.byteSize(); at += Long.BYTES)
            value.set(LONG, at, mixed(number + at));
    }

    /** Throws if the entry is not that record. */
    static void check(LogEntry entry, long number) {
        if (entry.sequence() != number)
            throw new IllegalStateException("%d instead of %d".formatted(entry.sequence(), number));
        WalRecord record = entry.record();
        MemorySegment value = record.value();
        boolean right = record.key().byteSize() == Long.BYTES
                && record.key().get(LONG, 0) == number
                && value.byteSize() == valueBytes(number)
                && holds(value, number);
        if (!right) throw new IllegalStateException("record %d is another one: %s".formatted(number, record));
    }

    private static boolean holds(MemorySegment value, long number) {
        for (long at = 0; at + Long.BYTES <= value.byteSize(); at += Long.BYTES) {
            if (value.get(LONG, at) != mixed(number + at)) return false;
        }
        return true;
    }
}
