package dev.nori.wal.bench.bare;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Group commit in its plainest form. Whoever finds nobody leading leads: waits a moment for company, writes what has been
 * copied meanwhile as one group, syncs, wakes the others. Without checksums, headers or failures: a limit, not a log.
 */
final class Group {
    private static final long COMPANY_NANOS = 60_000;

    private final BareFile file;
    private final long fileBytes;
    private final SyncBy sync;
    private final int threads;
    private final int recordBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicInteger joined = new AtomicInteger(); // changed under the lock, read without
    private volatile long durable;

    // guarded by the lock
    private final ArrayDeque<Thread> waiting = new ArrayDeque<>();
    private MemorySegment filling;
    private MemorySegment spare;
    private boolean isLed;
    private long appended;

    // the leader's
    private long offset;

    /** What the leader writes. */
    private record Full(MemorySegment data, int records, long end) {}

    Group(BareFile file, long fileBytes, SyncBy sync, int threads, int recordBytes) {
        this.file = file;
        this.fileBytes = fileBytes;
        this.sync = sync;
        this.threads = threads;
        this.recordBytes = recordBytes;
        long bytes = sync.writtenBytes((long) threads * recordBytes);
        filling = BareFile.aligned(bytes);
        spare = BareFile.aligned(bytes);
    }

    long durable() {
        return durable;
    }

    /** On return the record is durable. */
    void append(byte[] record) throws IOException {
        long mine = join(record);
        while (durable < mine) {
            if (tryLead()) lead(mine);
            else if (durable < mine) LockSupport.park(this);
        }
    }

    private long join(byte[] record) {
        lock.lock();
        try {
            long place = joined.getAndIncrement();
            MemorySegment.copy(record, 0, filling, JAVA_BYTE, place * recordBytes, recordBytes);
            return ++appended;
        } finally {
            lock.unlock();
        }
    }

    private boolean tryLead() {
        lock.lock();
        try {
            boolean leads = !isLed;
            if (leads) isLed = true;
            else waiting.add(Thread.currentThread());
            return leads;
        } finally {
            lock.unlock();
        }
    }

    private void lead(long mine) throws IOException {
        if (durable < mine) awaitCompany();
        Full full = take();
        if (full.records() > 0) write(full);
        stopLeading(full.end()).forEach(LockSupport::unpark);
    }

    @SuppressWarnings("ThreadPriorityCheck") // a limit may do what a library should not
    private void awaitCompany() {
        long deadline = System.nanoTime() + COMPANY_NANOS;
        while (joined.get() < threads && System.nanoTime() < deadline) Thread.yield();
    }

    private Full take() {
        lock.lock();
        try {
            Full full = new Full(filling, joined.getAndSet(0), appended);
            filling = spare;
            spare = full.data();
            return full;
        } finally {
            lock.unlock();
        }
    }

    private void write(Full full) throws IOException {
        long bytes = sync.writtenBytes((long) full.records() * recordBytes);
        if (offset + bytes > fileBytes) offset = 0;
        sync.write(file, full.data().asSlice(0, bytes), offset);
        offset += bytes;
    }

    private ArrayDeque<Thread> stopLeading(long end) {
        lock.lock();
        try {
            durable = end;
            isLed = false;
            ArrayDeque<Thread> wake = new ArrayDeque<>(waiting);
            waiting.clear();
            return wake;
        } finally {
            lock.unlock();
        }
    }
}
