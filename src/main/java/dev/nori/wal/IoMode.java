package dev.nori.wal;

/** Which engine moves the bytes between the log and its files. */
public enum IoMode {
    /** The best that works in the directory: direct, else buffered, else NIO. The default. */
    AUTO,
    /** System calls through the Foreign Function and Memory API on files opened with {@code O_DIRECT}. */
    DIRECT,
    /** System calls through the Foreign Function and Memory API, through the kernel's page cache. */
    BUFFERED,
    /** {@code java.nio} only; works on every platform and needs no native access. */
    NIO
}
