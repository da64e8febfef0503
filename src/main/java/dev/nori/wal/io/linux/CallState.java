package dev.nori.wal.io.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.util.Objects;

/**
 * The native memory that one thread needs to make calls: where the linker leaves {@code errno}, and the
 * small structs that go in and out.
 *
 * <p>Each thread has its own, so no thread can overwrite another one's reason, and a call allocates
 * nothing. The memory goes when its thread does.
 */
final class CallState {
    /** Parts that one gathering write can take. */
    static final int MAX_PARTS = 4;

    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = CAPTURE.byteOffset(PathElement.groupElement("errno"));

    // struct iovec { void *iov_base; size_t iov_len; }
    private static final long IOVEC_BYTES = 16;

    // struct flock { short l_type; short l_whence; off_t l_start; off_t l_len; pid_t l_pid; }
    private static final long FLOCK_BYTES = 32;
    private static final short F_WRLCK = 1;

    // struct statx, of which we read stx_mask, stx_size, stx_dio_mem_align and stx_dio_offset_align
    private static final long STATX_BYTES = 256;

    // struct statvfs, of which we read f_frsize and f_bavail
    private static final long STATVFS_BYTES = 112;

    private static final long TOTAL_BYTES = 1024;

    private static final ThreadLocal<CallState> PER_THREAD = ThreadLocal.withInitial(CallState::new);

    /** Where the linker stores {@code errno} after the call; the first argument of every handle. */
    final MemorySegment capture;

    /** {@link #MAX_PARTS} of {@code struct iovec}. */
    final MemorySegment vectors;

    final MemorySegment flock;
    final MemorySegment statx;
    final MemorySegment statvfs;

    /** The empty path, which stands for the descriptor itself. */
    final MemorySegment noPath;

    private CallState() {
        SegmentAllocator memory =
                SegmentAllocator.slicingAllocator(Arena.ofAuto().allocate(TOTAL_BYTES, 16));
        capture = memory.allocate(CAPTURE);
        vectors = memory.allocate(MAX_PARTS * IOVEC_BYTES, 8);
        flock = memory.allocate(FLOCK_BYTES, 8);
        statx = memory.allocate(STATX_BYTES, 8);
        statvfs = memory.allocate(STATVFS_BYTES, 8);
        noPath = memory.allocate(1);
    }

    static CallState current() {
        return Objects.requireNonNull(PER_THREAD.get());
    }

    /** The reason why the last call of this thread answered -1. */
    int errno() {
        return capture.get(JAVA_INT, ERRNO_OFFSET);
    }

    /**
     * Describes to the kernel what of {@code parts} is left after {@code doneBytes}.
     *
     * <p>Only addresses are stored: the caller must keep the parts reachable until the call returned.
     *
     * @return how many vectors there are
     */
    int gather(MemorySegment[] parts, long doneBytes) {
        int count = 0;
        long skip = doneBytes;
        for (MemorySegment part : parts) {
            long length = part.byteSize() - skip;
            if (length <= 0) {
                skip = -length;
                continue;
            }
            vectors.set(JAVA_LONG, count * IOVEC_BYTES, part.address() + skip);
            vectors.set(JAVA_LONG, count * IOVEC_BYTES + 8, length);
            count++;
            skip = 0;
        }
        return count;
    }

    /** An exclusive lock on the whole file; {@code l_pid} is 0, as open file description locks want it. */
    MemorySegment wholeFileLock() {
        flock.fill((byte) 0);
        flock.set(JAVA_SHORT, 0, F_WRLCK);
        return flock;
    }

    /** {@code l_pid} of the lock in the way, after {@code F_OFD_GETLK}; -1 if it belongs to a descriptor. */
    int lockHolder() {
        return flock.get(JAVA_INT, 24);
    }

    /** {@code stx_size}, after statx. */
    long statxSize() {
        return statx.get(JAVA_LONG, 40);
    }

    /** Whether statx said anything about direct I/O; kernels before 6.1 do not. */
    boolean statxKnowsDirect() {
        return (statx.get(JAVA_INT, 0) & Libc.STATX_DIOALIGN) != 0;
    }

    /** {@code stx_dio_mem_align}, after statx; 0 where direct I/O is not possible. */
    int statxMemoryAlignment() {
        return statx.get(JAVA_INT, 152);
    }

    /** {@code stx_dio_offset_align}, after statx; 0 where direct I/O is not possible. */
    int statxOffsetAlignment() {
        return statx.get(JAVA_INT, 156);
    }

    /** {@code f_bavail * f_frsize}, after statvfs. */
    long statvfsFreeBytes() {
        return statvfs.get(JAVA_LONG, 32) * statvfs.get(JAVA_LONG, 8);
    }
}
