package dev.nori.wal.assembly;

import dev.nori.wal.Retention;
import dev.nori.wal.flush.Trimmer;
import java.util.function.LongSupplier;

/** What the configuration says of retention, at this time. */
record RetentionLimits(Retention retention, LongSupplier millisClock) implements Trimmer.Limits {
    @Override
    public long bytes() {
        return retention.bytes();
    }

    @Override
    public long oldestMillis() {
        return millisClock.getAsLong() - retention.age().toMillis();
    }
}
