package dev.nori.wal.crash.stress;

import dev.nori.wal.LogEntry;
import dev.nori.wal.WalRecord;
import dev.nori.wal.crash.disk.Seeds;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** What each record holds: who wrote it and its number say it all. */
final class Content {
    private static final int KEY_BYTES = Integer.BYTES + Long.BYTES;
    private static final int LONGEST_VALUE = 400;
    private static final int LARGE_VALUE = 100_000;
    private static final int LARGE_EACH = 5000;

    private Content() {}

    static WalRecord record(int writer, long number) {
        ByteBuffer key = ByteBuffer.allocate(KEY_BYTES).putInt(writer).putLong(number);
        return WalRecord.put(key.array(), value(writer, number));
    }

    private static byte[] value(int writer, long number) {
        SplittableRandom random = new SplittableRandom(Seeds.mix(writer, number));
        boolean large = number % LARGE_EACH == LARGE_EACH - 1;
        byte[] value = new byte[random.nextInt(large ? LARGE_VALUE : LONGEST_VALUE)];
        random.nextBytes(value);
        return value;
    }

    /** Who wrote it; -1 if nobody here did. */
    static int writer(LogEntry entry) {
        byte[] key = entry.record().keyBytes();
        return key.length == KEY_BYTES ? ByteBuffer.wrap(key).getInt() : -1;
    }

    /** Its number among those of its writer. */
    static long number(LogEntry entry) {
        return ByteBuffer.wrap(entry.record().keyBytes()).getLong(Integer.BYTES);
    }

    /** Whether its bytes are the ones that were appended. */
    static boolean isIntact(LogEntry entry) {
        return Arrays.equals(value(writer(entry), number(entry)), entry.record().valueBytes());
    }
}
