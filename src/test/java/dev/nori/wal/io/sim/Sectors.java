package dev.nori.wal.io.sim;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.Storage.Access;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.TreeSet;

/** Files of sectors that are all one letter, written and read as words: {@code "ab"} is two sectors. */
final class Sectors {
    static final int BYTES = 512;

    private Sectors() {}

    /** One sector per letter. */
    static MemorySegment of(String letters) {
        MemorySegment memory = Arena.ofAuto().allocate((long) BYTES * letters.length(), 4096);
        for (int i = 0; i < letters.length(); i++) {
            memory.asSlice((long) i * BYTES, BYTES).fill((byte) letters.charAt(i));
        }
        return memory;
    }

    /** A sector of zeros is a dot; one that is not all the same is a question mark. */
    static String read(LogFile file) throws IoFailure {
        MemorySegment memory = Arena.ofAuto().allocate(Math.max(1, file.size()), 4096);
        StringBuilder letters = new StringBuilder();
        long length = file.read(0, memory);
        for (long at = 0; at < length; at += BYTES) {
            letters.append(letter(memory.asSlice(at, Math.min(BYTES, length - at))));
        }
        return letters.toString();
    }

    /** The file's letters, or that there is no such file. */
    static String read(Storage storage, String name) throws IoFailure {
        if (!storage.list().contains(name)) return "none";
        try (LogFile file = storage.open(name, Access.READ)) {
            return read(file);
        }
    }

    /** What all states together show of the file. */
    static Set<String> all(CrashStates states, String name) throws IoFailure {
        Set<String> found = new TreeSet<>();
        for (SimDisk disk : states) found.add(read(disk.storage(), name));
        return found;
    }

    /** Every content the file may have if the power goes now. */
    static Set<String> afterPowerCut(SimDisk disk, String name) throws IoFailure {
        CrashStates states = disk.journal().last().powerCuts(100_000, 1);
        if (!states.exhaustive()) throw new AssertionError("too many states: " + states.legal());
        return all(states, name);
    }

    private static char letter(MemorySegment sector) {
        byte first = sector.get(ValueLayout.JAVA_BYTE, 0);
        for (long i = 1; i < sector.byteSize(); i++) if (sector.get(ValueLayout.JAVA_BYTE, i) != first) return '?';
        return first == 0 ? '.' : (char) first;
    }
}
