package dev.nori.wal.assembly;

import dev.nori.wal.WalConfig;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/**
 * What a log needs of the world besides a storage.
 *
 * @param crew who steps its workers
 * @param nanoClock for deadlines
 * @param millisClock for the times of records, since 1970
 * @param logId for a log that is new
 * @param stageBytes size of the ring between callers and writer; a power of two
 * @param segmentBytes size of new segments; the configuration's, unless a test wants smaller ones
 */
public record Surroundings(
        Crew crew,
        LongSupplier nanoClock,
        LongSupplier millisClock,
        LongSupplier logId,
        long stageBytes,
        long segmentBytes) {
    /** 4 MiB: larger was not faster when it was measured. */
    public static final long STAGE_BYTES = 4 << 20;

    /** Threads of its own, the system's clocks, random ids. */
    public static Surroundings real(WalConfig config) {
        return new Surroundings(
                new ThreadCrew(),
                System::nanoTime,
                System::currentTimeMillis,
                () -> new SecureRandom().nextLong(),
                STAGE_BYTES,
                config.maxSegmentBytes());
    }
}
