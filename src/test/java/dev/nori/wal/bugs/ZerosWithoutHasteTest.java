package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Wal;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.explore.SteppedCrew;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.Fault;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A log that wrote the zeros of its next segment in one go made every append of that time wait for them: 30 ms instead of a fifth of one. */
class ZerosWithoutHasteTest {
    private static final long SEGMENT_BYTES = 4 << 20;
    private static final long MANY_SECONDS = 100_000_000_000L;

    private final SimulatedLog log = new SimulatedLog();
    private final SteppedCrew crew = new SteppedCrew();
    private final AtomicLong nanos = new AtomicLong();

    private Wal open() {
        Surroundings world = new Surroundings(crew, nanos::get, () -> 0, () -> 7, 64 << 10, SEGMENT_BYTES);
        Wal wal = log.open(SimulatedLog.config(Policy.ALWAYS), world);
        crew.settle(); // the next segment is begun
        return wal;
    }

    @Test
    void aThousandAppendsWaitForAMebibyteOfZeros() {
        try (Wal wal = open()) {
            Records.append(wal, 0, 1000);
            assertEquals(1 << 20, zerosOfTheNext());
        }
    }

    @Test
    void timePassesAndTheSegmentIsPrepared() {
        try (Wal wal = open()) {
            nanos.addAndGet(MANY_SECONDS);
            crew.settle();
            assertEquals(0, wal.stats().records());
            assertEquals(SEGMENT_BYTES, zerosOfTheNext());
            assertEquals("syncDirectory", log.storage().trace().getLast());
        }
    }

    @Test
    void theLogGrowsAndTheSegmentIsPreparedBeforeItIsNeeded() {
        try (Wal wal = open()) {
            for (int i = 0; wal.stats().bytes() < SEGMENT_BYTES / 2; i++) wal.append(Records.sized(i, 10_000));
            crew.settle();
            assertEquals(SEGMENT_BYTES, zerosOfTheNext());
        }
    }

    @Test
    void anAppendThatNeedsTheSegmentIsNotKeptWaiting() {
        try (Wal wal = open()) {
            for (int i = 0; i < 5; i++) wal.append(Records.sized(i, 900_000)); // without time or steps in between
            assertEquals(1, wal.stats().rolls());
        }
    }

    @Test
    void aDiskThatIsFullIsNoFailureInTheMiddleEither() {
        try (Wal wal = open()) {
            log.storage().inject(Fault.full(Call.WRITE));
            nanos.addAndGet(MANY_SECONDS);
            crew.settle();
            assertTrue(log.storage().hits() > 0);
            Records.append(wal, 0, 10);
            log.storage().heal();
            for (int i = 10; i < 15; i++) wal.append(Records.sized(i, 900_000));
            assertEquals(1, wal.stats().rolls());
        }
    }

    private long zerosOfTheNext() {
        Pattern write = Pattern.compile("write " + SegmentName.of(1) + " offset=(\\d+) length=(\\d+)");
        return log.storage().trace().stream()
                .map(write::matcher)
                .filter(Matcher::matches)
                .mapToLong(range -> Long.parseLong(range.group(1)) + Long.parseLong(range.group(2)))
                .max()
                .orElse(0);
    }
}
