package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.damage.Image;
import dev.nori.wal.damage.ImageStorage;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.sim.SimDisk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * A segment is left when its base time lies too far back for another frame, and when the next record does not fit, however much room it has.
 * Readers leave it there, too.
 */
class SegmentThatEndsBeforeItIsFullTest {
    private static final Duration TOO_LONG = Duration.ofDays(50);

    private final SimDisk disk = new SimDisk();
    private final AtomicLong millis =
            new AtomicLong(StillWorld.create().millisClock().getAsLong());

    private Wal open(Storage storage) {
        Surroundings still = StillWorld.create();
        Surroundings world = new Surroundings(
                still.crew(), still.nanoClock(), millis::get, still.logId(), still.stageBytes(), still.segmentBytes());
        return Assembly.open(storage, Setting.smallest().withFsyncPolicy(Policy.OS.fsync()), world);
    }

    /** Two records, the second of which ends where a block does. */
    private static void appendOneBlock(Wal wal) {
        wal.append(Records.numbered(0));
        long room = FrameLayout.BLOCK_BYTES - wal.endPosition().bytes();
        wal.append(Records.sized(1, (int) room - FrameLayout.HEADER_BYTES - Integer.BYTES));
        assertEquals(FrameLayout.BLOCK_BYTES, wal.endPosition().bytes());
    }

    private void assertHolds(Wal wal, int records) {
        List<LogEntry> entries = Records.entries(wal);
        assertEquals(records, entries.size());
        assertEquals(Instant.ofEpochMilli(millis.get()), entries.getLast().appendedAt());
    }

    private void assertTheThirdIsInASegmentOfItsOwn(Wal wal) {
        assertEquals(2, wal.segments().size());
        assertHolds(wal, 3);
        wal.append(Records.numbered(3));
        assertHolds(wal, 4);
    }

    @Test
    void isLeftAtTheEndOfABlockThoughTheStageHoldsFramesThatStandBehindIt() throws Exception {
        Wal wal = open(disk.storage());
        appendOneBlock(wal);
        millis.addAndGet(TOO_LONG.toMillis());
        wal.append(Records.numbered(2));
        assertTheThirdIsInASegmentOfItsOwn(wal);
    }

    @Test
    void isLeftInFrontOfARecordThatWouldFitButForTheMarkThatClosesTheLog() throws Exception {
        Wal wal = open(disk.storage());
        wal.append(Records.numbered(0));
        WalException.TooLarge refusal =
                assertThrows(WalException.TooLarge.class, () -> wal.append(Records.sized(0, 2 << 20)));
        long lastBlock = refusal.limitBytes() + 2 * FrameLayout.MARK_BYTES - FrameLayout.BLOCK_BYTES;
        long room = lastBlock - wal.endPosition().bytes();
        wal.append(Records.sized(1, (int) room - FrameLayout.HEADER_BYTES - Integer.BYTES));
        assertEquals(lastBlock, wal.endPosition().bytes());
        millis.addAndGet(1000);
        wal.append(Records.sized(2, FrameLayout.BLOCK_BYTES - FrameLayout.HEADER_BYTES - Integer.BYTES));
        assertTheThirdIsInASegmentOfItsOwn(wal);
    }

    @Test
    void isLeftByAReaderThatIsAtItsEndWhenTheNextOneBegins() throws Exception {
        Wal wal = open(disk.storage());
        appendOneBlock(wal);
        try (var reader = wal.readFrom(wal.recovery().first())) {
            for (int i = 0; i < 2; i++) assertEquals(i, reader.iterator().next().sequence());
            millis.addAndGet(TOO_LONG.toMillis());
            wal.append(Records.numbered(2));
            assertEquals(
                    Instant.ofEpochMilli(millis.get()), reader.iterator().next().appendedAt());
            wal.flush();
            wal.append(Records.numbered(3));
            assertEquals(3, reader.iterator().next().sequence());
        }
    }

    @Test
    void isLeftThoughATornFrameStandsBehindItsEndThatIsLongerThanWhatFollows() throws Exception {
        Wal wal = open(disk.storage());
        wal.append(Records.numbered(0));
        long end = wal.endPosition().bytes();
        wal.flush();
        disk.kill();
        Image image = Image.of(disk.storage());
        String name = SegmentName.of(0);
        ByteBuffer torn = ByteBuffer.wrap(image.bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
        int offset = (int) (FrameLayout.BLOCK_BYTES + end);
        torn.putInt(offset, 7).putInt(offset + Integer.BYTES, 100_000);
        millis.addAndGet(TOO_LONG.toMillis());
        try (Wal again = open(new ImageStorage(image.with(name, torn.array())))) {
            assertEquals(2, again.segments().size());
            assertEquals(1, Records.entries(again).size());
            again.append(Records.numbered(1));
            assertHolds(again, 2);
        }
    }

    @Test
    void isLeftThoughItHoldsNothingAndTheNextOneBeginsAtTheSamePosition() throws Exception {
        Wal wal = open(disk.storage());
        appendOneBlock(wal);
        millis.addAndGet(TOO_LONG.toMillis());
        wal.append(Records.numbered(2));
        wal.flush();
        disk.kill();
        Image image = Image.of(disk.storage());
        byte[] begun = image.bytes(SegmentName.of(1)).clone();
        ByteBuffer.wrap(begun).order(ByteOrder.LITTLE_ENDIAN).putInt(FrameLayout.BLOCK_BYTES, 7);
        millis.addAndGet(TOO_LONG.toMillis());
        Image torn = image.with(SegmentName.of(1), begun).with(Assembly.STAGE_NAME, new byte[0]);
        try (Wal again = open(new ImageStorage(torn))) {
            assertEquals(3, again.segments().size());
            assertEquals(2, Records.entries(again).size());
            again.append(Records.numbered(2));
            assertHolds(again, 3);
        }
    }
}
