package dev.nori.wal.crash.sys;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/** {@code RLIMIT_FSIZE} of another process: writes beyond it are cut short, those behind it fail with EFBIG. */
public final class FileSizeLimit {
    private static final long RLIMIT_BYTES = 16;

    private FileSizeLimit() {}

    /**
     * Sets the soft limit of a process of the same user.
     *
     * @throws SysException if the process is gone, or somebody else's
     */
    public static void set(long pid, long limitBytes) throws SysException {
        try (CallState state = CallState.open()) {
            MemorySegment limit = state.allocate(RLIMIT_BYTES, Long.BYTES);
            ask(state, pid, MemorySegment.NULL, limit);
            limit.set(JAVA_LONG, 0, limitBytes);
            ask(state, pid, limit, MemorySegment.NULL);
        }
    }

    private static void ask(CallState state, long pid, MemorySegment newLimit, MemorySegment oldLimit)
            throws SysException {
        int answer = Sys.prlimit(state, (int) pid, Sys.RLIMIT_FSIZE, newLimit, oldLimit);
        SysException.check(answer, "prlimit " + pid + " RLIMIT_FSIZE");
    }
}
