package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.Verdict;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalRecord;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.io.sim.SimDisk;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The room that is left at the end of a segment, with and without a mark in front of the last record. */
class SegmentFilledToTheLastByteTest {
    private static final int FRAME_HEADER_BYTES = 16;
    private static final int MARK_BYTES = 40;

    private final SimDisk disk = new SimDisk();

    /** Runs whenever the log looks at the clock: between two steps of an append. */
    private final AtomicReference<@Nullable Runnable> meanwhile = new AtomicReference<>();

    private Wal open() {
        disk.kill();
        Surroundings still = StillWorld.create();
        Surroundings world = new Surroundings(
                still.crew(),
                still.nanoClock(),
                () -> {
                    Runnable once = meanwhile.getAndSet(null);
                    if (once != null) once.run();
                    return still.millisClock().getAsLong();
                },
                still.logId(),
                still.stageBytes(),
                still.segmentBytes());
        return Assembly.open(disk.storage(), Setting.smallest().withFsyncPolicy(Policy.OS.fsync()), world);
    }

    /** Fills the first segment but for so many bytes. */
    private static WalRecord lastOne(Wal wal, int bytesLeft) {
        WalException.TooLarge refusal =
                assertThrows(WalException.TooLarge.class, () -> wal.append(Records.sized(0, 2 << 20)));
        long room = refusal.limitBytes() + MARK_BYTES - wal.endPosition().bytes() - bytesLeft;
        return Records.sized(1, (int) room - FRAME_HEADER_BYTES - Integer.BYTES);
    }

    @Test
    void hasRoomForTheMarkThatClosesTheLog() {
        assertFills(wal -> {});
    }

    @Test
    void hasRoomForItThoughTheLogBecomesDurableInBetween() {
        assertFills(Wal::sync);
    }

    private static void assertFills(Consumer<Wal> inBetween) {
        for (int bytesLeft = 0; bytesLeft <= 2 * MARK_BYTES; bytesLeft += 8) {
            new SegmentFilledToTheLastByteTest().assertFillsBut(bytesLeft, inBetween);
        }
    }

    private void assertFillsBut(int bytesLeft, Consumer<Wal> inBetween) {
        Wal wal = open();
        wal.append(Records.numbered(0));
        WalRecord last = lastOne(wal, bytesLeft);
        meanwhile.set(() -> inBetween.accept(wal));
        wal.append(last);
        assertEquals(last, Records.entries(wal).getLast().record());
        wal.close();
        try (Wal again = open()) {
            assertEquals(new Verdict.Clean(), again.recovery().verdict(), () -> bytesLeft + " bytes left");
            assertEquals(last, Records.entries(again).getLast().record());
            again.append(Records.numbered(2));
            assertEquals(3, Records.entries(again).size());
        }
    }
}
