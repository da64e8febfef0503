package dev.nori.wal.crash.stress;

import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Trims the log behind its slowest reader, again and again, as a program does with what it needs no more. */
final class StressTrimmer implements Runnable {
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Wal wal;
    private final List<StressReader> readers;
    private final BooleanSupplier isDone;

    StressTrimmer(Wal wal, List<StressReader> readers, BooleanSupplier isDone) {
        this.wal = wal;
        this.readers = readers;
        this.isDone = isDone;
    }

    @Override
    public void run() {
        while (!isDone.getAsBoolean()) {
            Position behindAll = readers.stream()
                    .map(StressReader::place)
                    .min(Position::compareTo)
                    .orElseThrow();
            wal.truncateBefore(behindAll);
            LockSupport.parkNanos(NAP_NANOS);
        }
    }
}
