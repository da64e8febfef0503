package dev.nori.wal.crash.sys;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The memory that one thread needs to call the kernel: its errno cell and short-lived arguments.
 *
 * <p>Belongs to the thread that opened it; another thread that passes it gets {@link WrongThreadException}.
 * What was allocated here is freed by {@link #close()}.
 */
public final class CallState implements AutoCloseable {
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

    private final Arena arena = Arena.ofConfined();
    final MemorySegment segment = arena.allocate(Linker.Option.captureStateLayout());

    private CallState() {}

    /** Opens a call state for the calling thread. */
    public static CallState open() {
        return new CallState();
    }

    /** Zeroed memory, valid until this is closed; aligned to {@code alignmentBytes}, a power of two. */
    public MemorySegment allocate(long sizeBytes, long alignmentBytes) {
        return arena.allocate(sizeBytes, alignmentBytes);
    }

    /** A NUL-terminated UTF-8 copy of the text. */
    public MemorySegment text(String text) {
        return arena.allocateFrom(text);
    }

    /** The errno of this thread's last failed call. */
    int errno() {
        return (int) ERRNO.get(segment, 0L);
    }

    @Override
    public void close() {
        arena.close();
    }
}
