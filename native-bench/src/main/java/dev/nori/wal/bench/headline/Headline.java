package dev.nori.wal.bench.headline;

import static dev.nori.wal.bench.load.ThreadKind.PLATFORM;
import static dev.nori.wal.bench.load.ThreadKind.VIRTUAL;

import dev.nori.wal.bench.study.Study;
import java.util.List;

/** Every row of the design's table, quick enough to wait for. */
final class Headline {
    private static final long LARGE_LOG_BYTES = 2L << 30;

    private Headline() {}

    static List<Study> studies() {
        Effort quick = Effort.QUICK;
        return List.of(
                DurableRows.oneThread(128, quick),
                DurableRows.oneThread(1024, quick),
                DurableRows.oneThread(16 << 10, quick),
                DurableRows.crowd(16, PLATFORM, quick),
                DurableRows.crowd(64, PLATFORM, quick),
                DurableRows.crowd(16, VIRTUAL, quick),
                DurableRows.crowd(64, VIRTUAL, quick),
                DurableRows.async(quick),
                MemoryRows.small(quick),
                MemoryRows.kibibyte(quick),
                MemoryRows.twoThreads(quick),
                MemoryRows.mebibyte(quick),
                MemoryRows.rolls(Effort.QUICK_LONG),
                ReadRows.replayKibibyte(quick),
                ReadRows.replaySmall(quick),
                ReadRows.replayCold(quick),
                ReadRows.open(quick, LARGE_LOG_BYTES));
    }
}
