package dev.nori.wal.log;

import dev.nori.wal.WalConfig;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.explore.SteppedCrew;

/** A world in which nothing happens by itself: no threads, clocks that stand still, a fixed id. A log writes the same bytes in it every time. */
public final class StillWorld {
    private static final long STAGE_BYTES = 64 << 10; // small, so that records go round it soon
    private static final long MILLIS = 1_700_000_000_000L;
    private static final long LOG_ID = 0x0123_4567_89AB_CDEFL;

    private StillWorld() {}

    /** One for each open. */
    public static Surroundings create() {
        long segmentBytes = WalConfig.MIN_SEGMENT_BYTES;
        return new Surroundings(new SteppedCrew(), () -> 0, () -> MILLIS, () -> LOG_ID, STAGE_BYTES, segmentBytes);
    }
}
