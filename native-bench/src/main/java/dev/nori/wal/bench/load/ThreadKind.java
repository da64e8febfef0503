package dev.nori.wal.bench.load;

/** Which threads append. */
public enum ThreadKind {
    /** One of the operating system's. */
    PLATFORM,
    /** One of the JVM's. */
    VIRTUAL;

    /** Whether the JVM counts what such a thread allocates. */
    public boolean isMeasuredByThread() {
        return this == PLATFORM;
    }

    Thread.Builder builder() {
        return switch (this) {
            case PLATFORM -> Thread.ofPlatform().daemon();
            case VIRTUAL -> Thread.ofVirtual();
        };
    }
}
