package dev.nori.wal.bench.log;

import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalCursor;
import java.util.concurrent.atomic.LongAdder;

/** How a log is read from end to end, the fast way. The one place that knows the calls for it. */
public final class Replays {
    private Replays() {}

    /**
     * Reads all records and touches each value.
     *
     * @return how many there are
     */
    public static long all(Wal wal, int threads) {
        return threads == 1 ? inOneThread(wal) : inParallel(wal, threads);
    }

    private static long inOneThread(Wal wal) {
        long records = 0;
        long bytes = 0;
        try (WalCursor cursor = wal.cursor(Position.START)) {
            for (; cursor.next(); records++) bytes += cursor.value().byteSize();
        }
        return checked(records, bytes);
    }

    private static long inParallel(Wal wal, int threads) {
        LongAdder records = new LongAdder();
        LongAdder bytes = new LongAdder();
        wal.replay(threads, entry -> {
            records.increment();
            bytes.add(entry.value().byteSize());
        });
        return checked(records.sum(), bytes.sum());
    }

    private static long checked(long records, long bytes) {
        if (bytes == 0 && records > 0) throw new AssertionError("empty values");
        return records;
    }
}
