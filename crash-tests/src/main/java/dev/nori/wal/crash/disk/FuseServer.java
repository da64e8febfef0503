package dev.nori.wal.crash.disk;

import dev.nori.wal.crash.sys.CallState;
import dev.nori.wal.crash.sys.Errno;
import dev.nori.wal.crash.sys.Fds;
import dev.nori.wal.crash.sys.Sys;
import dev.nori.wal.crash.sys.SysException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Answers the kernel's requests for one file, one after the other, on one thread.
 *
 * <p>The mount's target is the file itself, so there is nothing to look up and node 1 is the disk. This thread must
 * never touch a file on the disk that it serves.
 */
final class FuseServer {
    // The kernel wants room for the largest write, its header, and some more.
    private static final int REQUEST_BUFFER_BYTES = FuseReply.MAX_IO_BYTES + 8192;
    private static final int ALIGNMENT_BYTES = 4096;

    private final int fd;
    private final BlockDevice device;
    private final Thread thread;
    private volatile @Nullable Throwable failure;

    /**
     * Starts to serve.
     *
     * @param fd a descriptor of {@code /dev/fuse} that is mounted; the server closes it when it ends
     */
    FuseServer(int fd, BlockDevice device, String name) {
        this.fd = fd;
        this.device = device;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::serve);
    }

    /** Waits for the end, which comes with the unmount. */
    void awaitEnd(long limitMillis) throws InterruptedException {
        thread.join(limitMillis);
    }

    /** Whether it still serves. */
    boolean isAlive() {
        return thread.isAlive();
    }

    /** Why the server ended before the unmount: an error of ours. Null if it did not. */
    @Nullable Throwable failure() {
        return failure;
    }

    private void serve() {
        try (CallState state = CallState.open()) {
            try {
                serve(state);
            } catch (Throwable t) {
                failure = t;
            } finally {
                Fds.close(state, fd); // whoever still waits for an answer gets an error now
            }
        }
    }

    private void serve(CallState state) throws SysException {
        MemorySegment buffer = state.allocate(REQUEST_BUFFER_BYTES, ALIGNMENT_BYTES);
        FuseReply reply = new FuseReply(state.allocate(FuseReply.BUFFER_BYTES, ALIGNMENT_BYTES));
        while (true) {
            long n = Sys.read(state, fd, buffer);
            if (n == -Errno.ENODEV || n == -Errno.ECONNABORTED) return; // unmounted, or while it was reading
            if (n == -Errno.EINTR || n == -Errno.EAGAIN || n == -Errno.ENOENT) continue; // request withdrawn
            SysException.check(n, "read /dev/fuse");
            MemorySegment answer = answer(new FuseRequest(buffer.asSlice(0, n)), reply);
            if (answer != null) send(state, answer);
        }
    }

    private void send(CallState state, MemorySegment answer) throws SysException {
        long n = Sys.write(state, fd, answer);
        if (n == -Errno.ENOENT || n == -Errno.ENODEV) return; // nobody waits for it any more
        SysException.check(n, "write /dev/fuse");
    }

    private @Nullable MemorySegment answer(FuseRequest request, FuseReply reply) {
        long unique = request.unique();
        return switch (request.opcode()) {
            case FuseRequest.INIT -> reply.init(unique, request.minor());
            case FuseRequest.GETATTR, FuseRequest.SETATTR -> reply.attributes(unique, device.sizeBytes());
            case FuseRequest.OPEN -> reply.opened(unique);
            case FuseRequest.READ -> read(request, reply);
            case FuseRequest.WRITE -> write(request, reply);
            case FuseRequest.FSYNC -> reply.status(unique, device.flush());
            case FuseRequest.STATFS -> reply.statistics(unique);
            case FuseRequest.FLUSH, FuseRequest.RELEASE, FuseRequest.DESTROY -> reply.status(unique, 0);
            case FuseRequest.FORGET, FuseRequest.BATCH_FORGET, FuseRequest.INTERRUPT -> null;
            default -> reply.status(unique, -Errno.ENOSYS);
        };
    }

    private MemorySegment read(FuseRequest request, FuseReply reply) {
        long room = Math.max(0, device.sizeBytes() - request.offsetBytes());
        int size = (int) Math.min(request.sizeBytes(), room);
        int error = device.read(request.offsetBytes(), reply.readTarget(size));
        return error == 0 ? reply.read(request.unique(), size) : reply.status(request.unique(), error);
    }

    private MemorySegment write(FuseRequest request, FuseReply reply) {
        if (request.offsetBytes() + request.sizeBytes() > device.sizeBytes()) {
            return reply.status(request.unique(), -Errno.ENOSPC);
        }
        int error = device.write(request.offsetBytes(), request.data());
        return error == 0
                ? reply.written(request.unique(), request.sizeBytes())
                : reply.status(request.unique(), error);
    }
}
