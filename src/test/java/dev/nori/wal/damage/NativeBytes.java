package dev.nori.wal.damage;

import java.util.List;

/** How much native memory the process has taken and not given back. By reflection, because the library's module does not read the one that knows. */
final class NativeBytes {
    private NativeBytes() {}

    static long now() {
        try {
            Class<?> pool = Class.forName("java.lang.management.BufferPoolMXBean");
            List<?> pools = (List<?>) Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getPlatformMXBeans", Class.class)
                    .invoke(null, pool);
            for (Object each : pools) {
                boolean direct = "direct".equals(pool.getMethod("getName").invoke(each));
                if (direct) return (long) pool.getMethod("getMemoryUsed").invoke(each);
            }
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no count of native bytes", e);
        }
        throw new LinkageError("no count of direct memory");
    }
}
