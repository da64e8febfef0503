package dev.nori.wal.damage;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What stands in the files of a directory. Never changes; images that differ in one file share the others. */
public record Image(Map<String, byte[]> files) {
    private static final String LOCK = "LOCK";

    /** Copies a directory, without its lock. */
    public static Image of(Storage storage) throws IoFailure {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : storage.list()) if (!name.equals(LOCK)) files.put(name, read(storage, name));
        return new Image(files);
    }

    private static byte[] read(Storage storage, String name) throws IoFailure {
        try (LogFile file = storage.open(name, Storage.Access.READ)) {
            MemorySegment memory = dev.nori.wal.io.AlignedMemory.blocks(Math.max(1, file.size()));
            long got = file.read(0, memory);
            return memory.asSlice(0, got).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** What a file holds; it must be there. */
    public byte[] bytes(String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    /** The same with another content of one file. */
    public Image with(String name, byte[] bytes) {
        Map<String, byte[]> others = new TreeMap<>(files);
        others.put(name, bytes);
        return new Image(others);
    }

    /** The same with one file changed: the change gets a copy. */
    Image changed(String name, UnaryOperator<byte[]> change) {
        return with(name, change.apply(bytes(name).clone()));
    }

    /** The same without a file. */
    Image without(String name) {
        Map<String, byte[]> others = new TreeMap<>(files);
        others.remove(name);
        return new Image(others);
    }
}
