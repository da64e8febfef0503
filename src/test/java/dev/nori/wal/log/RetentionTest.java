package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Retention;
import dev.nori.wal.SegmentInfo;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalReader;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.explore.SteppedCrew;
import dev.nori.wal.io.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a log drops by itself, and what not. The clock stands still until the test moves it, and so do the workers. */
@SuppressWarnings("NullAway.Init") // each test opens the storage
class RetentionTest extends EveryEngine {
    private static final int SEGMENT_BYTES = 96 << 10;
    private static final int VALUE_BYTES = 28_000; // three in a segment
    private static final int IN_A_SEGMENT = 3;
    private static final long STAGE_BYTES = 64 << 10;
    private static final Duration DAY = Duration.ofDays(1);

    private final SteppedCrew crew = new SteppedCrew();
    private long millis = 1_700_000_000_000L;
    private Storage storage;

    private Wal open(Retention retention) throws IOException {
        return open(config(), retention);
    }

    private Wal open(WalConfig config, Retention retention) throws IOException {
        Files.createDirectories(directory);
        storage = setting.engine().open(directory);
        Surroundings world =
                new Surroundings(crew, () -> millis * 1_000_000, () -> millis, () -> 1, STAGE_BYTES, SEGMENT_BYTES);
        return Assembly.open(storage, config.withRetention(retention), world);
    }

    @AfterEach
    void close() {
        storage.close();
    }

    /** Fills whole segments, and begins none. */
    private static void fill(Wal wal, int segments) {
        int from = (int) wal.nextSequence();
        for (int i = 0; i < segments * IN_A_SEGMENT; i++) wal.append(Records.sized(from + i, VALUE_BYTES));
    }

    private void pass(Duration time) {
        millis += time.toMillis();
    }

    /** Begins a segment, so that the one before is sealed, and lets the workers do what there is to do. */
    private void settle(Wal wal) {
        wal.append(Records.sized((int) wal.nextSequence(), VALUE_BYTES));
        wal.sync();
        crew.settle();
    }

    @Test
    void dropsSegmentsUnderOsThoughNobodyEverSyncs() throws Exception {
        try (Wal wal = open(
                config().withFsyncPolicy(FsyncPolicy.os()), Retention.keepAll().withBytes(SEGMENT_BYTES))) {
            for (int i = 0; i < 6; i++) {
                fill(wal, 1);
                crew.settle();
            }
            List<SegmentInfo> left = wal.segments();
            assertTrue(left.size() <= 4, () -> left.size() + " of 6 segments are left");
            assertTrue(wal.durablePosition().compareTo(wal.firstPosition()) >= 0);
        }
    }

    @Test
    void dropsSegmentsWhoseLastRecordIsTooOld() throws Exception {
        try (Wal wal = open(Retention.keepAll().withAge(DAY))) {
            fill(wal, 4);
            pass(Duration.ofHours(20));
            fill(wal, 2);
            List<SegmentInfo> before = wal.segments();
            settle(wal);
            assertEquals(Position.START, wal.firstPosition(), "nothing is older than a day");
            pass(Duration.ofHours(20));
            assertEquals(Position.START, wal.firstPosition(), "nothing was sealed since");
            fill(wal, 1);
            settle(wal);
            assertEquals(before.get(4).base(), wal.firstPosition());
            List<LogEntry> left = Records.entries(wal, wal.firstPosition());
            Instant oldest = Instant.ofEpochMilli(millis).minus(DAY);
            assertFalse(left.getFirst().appendedAt().isBefore(oldest), "what is older than a day is left");
            assertEquals(4 * IN_A_SEGMENT, left.getFirst().sequence());
        }
    }

    @Test
    void keepsASegmentAsLongAsOneOfItsRecordsIsYoungEnough() throws Exception {
        try (Wal wal = open(Retention.keepAll().withAge(DAY))) {
            fill(wal, 1);
            wal.append(Records.sized(3, VALUE_BYTES));
            pass(DAY.plusHours(1));
            fill(wal, 1); // two of these share a segment with the old one
            settle(wal);
            List<LogEntry> left = Records.entries(wal, wal.firstPosition());
            assertEquals(3, left.getFirst().sequence());
            assertTrue(left.getFirst()
                    .appendedAt()
                    .isBefore(Instant.ofEpochMilli(millis).minus(DAY)));
        }
    }

    @Test
    void keepsAtLeastSoManyBytesAndNotASegmentMore() throws Exception {
        long bytes = 2 * SEGMENT_BYTES;
        try (Wal wal = open(Retention.keepAll().withBytes(bytes))) {
            for (int round = 0; round < 12; round++) {
                fill(wal, 1);
                settle(wal);
                long end = wal.durablePosition().bytes();
                long kept = end - wal.firstPosition().bytes();
                assertTrue(kept >= Math.min(end, bytes), "only " + kept + " bytes are left");
                assertTrue(kept <= bytes + 3L * SEGMENT_BYTES, kept + " bytes are left");
            }
            assertTrue(wal.firstSequence() > 10 * IN_A_SEGMENT, "nothing was dropped");
        }
    }

    @Test
    void neverTakesWhatSomebodyReadsNorWhatLiesBehind() throws Exception {
        try (Wal wal = open(Retention.keepAll().withBytes(0).withAge(Duration.ZERO))) {
            fill(wal, 1);
            Position first = wal.segments().getLast().base();
            try (WalReader reader = wal.readFrom(first)) {
                for (int round = 0; round < 5; round++) {
                    pass(DAY);
                    fill(wal, 1);
                    settle(wal);
                    assertEquals(first, wal.firstPosition());
                }
                List<LogEntry> all = Records.entries(wal, first);
                for (LogEntry entry : all.subList(0, all.size() - 1)) assertEquals(entry, reader.poll());
            }
            fill(wal, 1);
            settle(wal);
            assertTrue(wal.firstPosition().compareTo(first) > 0, "it is kept for ever");
        }
    }

    @Test
    void neverTakesWhatIsNotSealed() throws Exception {
        try (Wal wal = open(Retention.keepAll().withBytes(0).withAge(Duration.ZERO))) {
            for (int round = 0; round < 30; round++) {
                wal.append(Records.sized(round, VALUE_BYTES));
                pass(DAY);
                for (int step = 0; step < round % 7; step++) {
                    crew.step();
                    assertDropsOnlyWhatIsSealed(wal);
                }
            }
            wal.sync();
            crew.settle();
            assertDropsOnlyWhatIsSealed(wal);
            assertTrue(wal.firstSequence() > 0, "nothing was dropped");
            assertFalse(Records.entries(wal, wal.firstPosition()).isEmpty());
        }
    }

    /** The records that are left follow each other up to the last one: what went was whole segments, and those in front. */
    private static void assertDropsOnlyWhatIsSealed(Wal wal) {
        List<SegmentInfo> segments = wal.segments();
        assertEquals(wal.firstPosition(), segments.getFirst().base());
        assertFalse(segments.getLast().sealed());
        assertEquals(0, segments.getFirst().firstSequence() % IN_A_SEGMENT, "a segment went in part");
        assertTrue(wal.firstPosition().compareTo(wal.durablePosition()) <= 0, "what is not durable went");
        List<LogEntry> left = Records.entries(wal, wal.firstPosition());
        Records.assertConsistent(left, wal.firstSequence());
        assertEquals(wal.nextSequence(), wal.firstSequence() + left.size());
    }

    @Test
    void holdsAfterAReopenForWhatIsThere() throws Exception {
        try (Wal wal = open(Retention.keepAll())) {
            fill(wal, 6);
            wal.sync();
        }
        storage.close();
        pass(DAY.multipliedBy(2));
        try (Wal wal = open(Retention.keepAll().withAge(DAY))) {
            assertEquals(Position.START, wal.firstPosition());
            fill(wal, 1);
            settle(wal);
            assertTrue(wal.firstSequence() >= 5 * IN_A_SEGMENT, "the old ones are left");
        }
    }
}
