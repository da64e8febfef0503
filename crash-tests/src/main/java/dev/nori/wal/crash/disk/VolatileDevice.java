package dev.nori.wal.crash.disk;

import dev.nori.wal.crash.sys.Errno;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The disk itself, without the plumbing: contents, log, faults, and a power switch.
 *
 * <p>Safe for use by any thread: the server's requests and the harness's calls exclude each other, so that every
 * event has one place in the log.
 */
final class VolatileDevice implements BlockDevice {
    private static final long NOWHERE = -1;

    private static final class Injected {
        private final Fault fault;
        private long seen;

        Injected(Fault fault) {
            this.fault = fault;
        }
    }

    private final PageTable pages;
    private final List<DiskEvent> events = new ArrayList<>();
    private final List<Injected> faults = new ArrayList<>();
    private DiskImage start;
    private DeviceCounts counts = DeviceCounts.ZERO;
    private long endOfLastWrite = NOWHERE;
    private boolean isCut;
    private @Nullable Stall stall;
    private long seenByStall;

    VolatileDevice(DiskImage contents) {
        this.start = contents;
        this.pages = new PageTable(contents);
    }

    @Override
    public long sizeBytes() {
        return pages.sizeBytes();
    }

    @Override
    public synchronized int read(long offsetBytes, MemorySegment target) {
        if (isCut) return -Errno.EIO;
        pages.read(offsetBytes, target);
        return 0;
    }

    @Override
    public synchronized int write(long offsetBytes, byte[] data) {
        beSlow(Fault.Target.WRITE);
        // A piece of a larger request: the loop driver takes a short write for a whole one, nobody would hear of the
        // failure.
        boolean isContinued = offsetBytes == endOfLastWrite;
        if (isCut || (!isContinued && fails(Fault.Target.WRITE))) {
            endOfLastWrite = NOWHERE;
            return -Errno.EIO;
        }
        endOfLastWrite = offsetBytes + data.length;
        pages.write(offsetBytes, data, 0, data.length);
        events.add(new DiskEvent.Write(offsetBytes, data));
        counts = counts.plusWrite(data.length);
        return 0;
    }

    @Override
    public synchronized int flush() {
        beSlow(Fault.Target.FLUSH);
        if (isCut || fails(Fault.Target.FLUSH)) return -Errno.EIO;
        events.add(new DiskEvent.Flush());
        counts = counts.plusFlush();
        return 0;
    }

    // Every fault counts the request, also when an earlier one has already failed it.
    private boolean fails(Fault.Target target) {
        boolean hit = false;
        for (Injected injected : faults) {
            if (injected.fault.target() == target) hit |= injected.fault.hits(++injected.seen);
        }
        if (hit) counts = counts.plusFailed(target);
        return hit;
    }

    private void beSlow(Fault.Target target) {
        if (stall == null || stall.target() != target || isCut) return;
        if (stall.hits(++seenByStall)) stall.waitForIt();
    }

    /** See {@link CrashDisk#slow}. */
    synchronized void slow(Stall how) {
        stall = how;
        seenByStall = 0;
    }

    /** See {@link CrashDisk#inject}. */
    synchronized void inject(Fault fault) {
        faults.add(new Injected(fault));
    }

    /** See {@link CrashDisk#clearFaults}. */
    synchronized void clearFaults() {
        faults.clear();
        stall = null;
    }

    /** See {@link CrashDisk#mark}. */
    synchronized boolean mark(long label) {
        if (isCut) return false;
        events.add(new DiskEvent.Mark(label));
        return true;
    }

    /** See {@link CrashDisk#cut}. */
    synchronized int cut() {
        if (!isCut) {
            isCut = true;
            events.add(new DiskEvent.Cut());
        }
        return events.size() - 1;
    }

    /** See {@link CrashDisk#position}. */
    synchronized int position() {
        return events.size();
    }

    /** See {@link CrashDisk#counts}. */
    synchronized DeviceCounts counts() {
        return counts;
    }

    /** See {@link CrashDisk#contents}. */
    synchronized DiskImage contents() {
        return pages.freeze();
    }

    /** See {@link CrashDisk#log}. */
    synchronized DiskLog log() {
        return new DiskLog(start, events);
    }

    /** See {@link CrashDisk#forget}. */
    synchronized void forget() {
        if (isCut) throw new IllegalStateException("the disk is cut");
        start = pages.freeze();
        events.clear();
    }
}
