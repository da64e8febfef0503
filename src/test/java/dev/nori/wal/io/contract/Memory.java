package dev.nori.wal.io.contract;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory that every engine takes, and what tests put into it. */
public final class Memory {
    /** A multiple of every engine's alignment. */
    public static final int BLOCK = 4096;

    private Memory() {}

    /** Zeros that any thread may use. */
    public static MemorySegment zeros(long bytes) {
        return Arena.ofAuto().allocate(bytes, BLOCK);
    }

    /** Bytes that differ from place to place and from seed to seed, none of them zero. */
    public static MemorySegment pattern(long bytes, int seed) {
        return fill(zeros(bytes), seed);
    }

    /** Puts the pattern into {@code memory}. */
    public static MemorySegment fill(MemorySegment memory, int seed) {
        for (long i = 0; i < memory.byteSize(); i++) memory.set(JAVA_BYTE, i, at(i, seed));
        return memory;
    }

    private static byte at(long index, int seed) {
        return (byte) (1 + Math.floorMod(index * 31 + (index >> 8) + seed * 97L, 255));
    }

    /** Reads {@code bytes} bytes and fails if the file ends before. */
    public static MemorySegment read(LogFile file, long offsetBytes, long bytes) throws IoFailure {
        MemorySegment into = zeros(bytes);
        assertEquals(bytes, file.read(offsetBytes, into), "bytes read at " + offsetBytes);
        return into;
    }

    /** Fails with the first place where the two differ. */
    public static void assertSame(MemorySegment expected, MemorySegment actual) {
        assertEquals(-1, expected.mismatch(actual), "first byte that differs");
    }
}
