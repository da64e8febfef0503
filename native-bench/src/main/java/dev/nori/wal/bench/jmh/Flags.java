package dev.nori.wal.bench.jmh;

/** Flags of the JVMs that JMH starts; the manifest of the jar does not reach them. */
final class Flags {
    static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
    static final String VIRTUAL = "-Djmh.executor=VIRTUAL";

    private Flags() {}
}
