package dev.nori.wal.crash.heap;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalTail;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** The ways to read a log that must get by with little memory. Another way to read is added here. */
final class Readings {
    private static final int PARALLELISM = 2;
    private static final Duration NAP = Duration.ofMillis(100);

    private Readings() {}

    /** Follows an appender until the records that it says there are were all there; answers how many. */
    static long follow(Wal wal, LongSupplier recordsInTheEnd) throws InterruptedException {
        long number = 0;
        try (WalTail tail = wal.tail(Position.START)) {
            while (number < recordsInTheEnd.getAsLong()) {
                LogEntry entry = tail.poll(NAP);
                if (entry != null) NumberedRecords.check(entry, number++);
            }
        }
        return number;
    }

    /** Reads everything, from the first record to the last; answers how many there are. */
    static long read(Wal wal) {
        long number = 0;
        try (WalReader reader = wal.readFrom(Position.START)) {
            for (LogEntry entry : reader) NumberedRecords.check(entry, number++);
        }
        return number;
    }

    /** Replays everything in order, decoded by several threads; answers how many records there are. */
    static long replayInOrder(Wal wal) {
        LongAdder number = new LongAdder();
        wal.replayInOrder(PARALLELISM, entry -> {
            NumberedRecords.check(entry, number.sum());
            number.increment();
        });
        return number.sum();
    }

    /** Replays everything, segments side by side; answers how many records there are. */
    static long replay(Wal wal) {
        LongAdder records = new LongAdder();
        wal.replay(PARALLELISM, view -> records.increment());
        return records.sum();
    }
}
