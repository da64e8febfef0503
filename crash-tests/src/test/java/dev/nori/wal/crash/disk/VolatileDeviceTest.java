package dev.nori.wal.crash.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.crash.disk.Fault.Extent;
import dev.nori.wal.crash.disk.Fault.Target;
import dev.nori.wal.crash.sys.Errno;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class VolatileDeviceTest {
    private final VolatileDevice device = new VolatileDevice(DiskImage.blank(64 << 10, 512));

    @Test
    void readsBackWhatWasWrittenBeforeAnyFlush() {
        assertEquals(0, write(512, 7));
        assertEquals(7, read(512));
        assertEquals(0, read(1024));
    }

    @Test
    void answersEioToEverythingOnceItIsCutAndChangesNoMore() {
        write(0, 1);
        int cutPoint = device.cut();
        assertEquals(1, cutPoint);
        assertEquals(-Errno.EIO, write(0, 2));
        assertEquals(-Errno.EIO, device.flush());
        assertEquals(-Errno.EIO, device.read(0, MemorySegment.ofArray(new byte[512])));
        assertEquals(1, device.contents().read(0, 1)[0]);
        assertEquals(cutPoint, device.cut());
        assertEquals(2, device.log().size());
    }

    @Test
    void takesNoMarkAfterTheCut() {
        assertTrue(device.mark(5));
        device.cut();
        assertFalse(device.mark(6));
        assertEquals(OptionalLong.of(5), device.log().markBefore(device.position()));
    }

    @Test
    void failsTheNthWriteOnceAndLeavesItsBytesAsTheyWere() {
        device.inject(new Fault(Target.WRITE, 2, Extent.ONCE));
        assertEquals(0, write(0, 1));
        assertEquals(-Errno.EIO, write(0, 2));
        assertEquals(1, read(0));
        assertEquals(0, write(0, 3));
        assertEquals(new DeviceCounts(2, 1024, 0, 1, 0), device.counts());
    }

    @Test
    void failsEveryFlushFromTheNthOnUntilTheFaultIsTakenAway() {
        device.inject(new Fault(Target.FLUSH, 2, Extent.FOR_GOOD));
        assertEquals(0, device.flush());
        assertEquals(-Errno.EIO, device.flush());
        assertEquals(-Errno.EIO, device.flush());
        device.clearFaults();
        assertEquals(0, device.flush());
        assertEquals(2, device.counts().faults());
    }

    @Test
    void makesNothingDurableByAFlushThatFails() {
        write(0, 1);
        device.inject(new Fault(Target.FLUSH, 1, Extent.ONCE));
        device.flush();
        assertEquals(0, device.log().durableBefore(device.position()));
        device.flush();
        assertEquals(2, device.log().durableBefore(device.position()));
    }

    @Test
    void forgetsItsLogButNotItsContents() {
        write(0, 9);
        device.forget();
        assertEquals(0, device.position());
        assertEquals(9, device.log().start().read(0, 1)[0]);
    }

    @Test
    void doesNotChangeAnImageThatWasTakenEarlier() {
        write(0, 1);
        DiskImage before = device.contents();
        write(0, 2);
        assertEquals(1, before.read(0, 1)[0]);
        assertEquals(2, device.contents().read(0, 1)[0]);
    }

    private int write(long offsetBytes, int value) {
        byte[] data = new byte[512];
        Arrays.fill(data, (byte) value);
        return device.write(offsetBytes, data);
    }

    private int read(long offsetBytes) {
        byte[] data = new byte[512];
        assertEquals(0, device.read(offsetBytes, MemorySegment.ofArray(data)));
        return data[511];
    }

    @Test
    void isSlowAtEachNthRequestOfAKind() {
        Stall stall = new Stall(Fault.Target.FLUSH, 3, 0);
        assertFalse(stall.hits(1));
        assertFalse(stall.hits(2));
        assertTrue(stall.hits(3));
        assertFalse(stall.hits(4));
        assertTrue(stall.hits(6));
    }

    @Test
    void writesWhatItIsSlowToWrite() {
        device.slow(new Stall(Fault.Target.WRITE, 1, 1));
        assertEquals(0, device.write(0, new byte[512]));
        assertEquals(1, device.counts().writes());
    }
}
