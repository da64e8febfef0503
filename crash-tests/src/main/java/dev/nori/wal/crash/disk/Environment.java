package dev.nori.wal.crash.disk;

/** What a run's figures depend on, for the first line of its output. */
final class Environment {
    private Environment() {}

    /** Kernel, JDK and processors, in one line. */
    static String describe() {
        return "kernel=" + System.getProperty("os.version") + " jdk=" + Runtime.version() + " cpus="
                + Runtime.getRuntime().availableProcessors();
    }
}
