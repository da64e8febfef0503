package dev.nori.wal.log;

import java.lang.reflect.Method;

/** How much the calling thread has allocated. By reflection, because the library's module does not read the one that knows. */
public final class AllocatedBytes {
    private static final Object THREADS;
    private static final Method OF_CURRENT_THREAD;

    static {
        try {
            THREADS = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            OF_CURRENT_THREAD =
                    Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private AllocatedBytes() {}

    /** Since it began, in bytes. */
    public static long now() {
        try {
            return (long) OF_CURRENT_THREAD.invoke(THREADS);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no count of allocated bytes", e);
        }
    }
}
