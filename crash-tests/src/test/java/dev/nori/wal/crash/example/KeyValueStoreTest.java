package dev.nori.wal.crash.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nori.wal.FsyncPolicy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyValueStoreTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void holdsAfterOpeningWhatItHeldBefore() {
        try (KeyValueStore store = open()) {
            store.put("a", "1");
            store.put("b", "2");
            store.put("a", "3");
            store.delete("b");
            store.put("empty", "");
            store.sync();
            assertEquals(Optional.of("3"), store.get("a"));
        }
        try (KeyValueStore store = open()) {
            assertEquals(Map.of("a", "3", "empty", ""), store.values());
            assertEquals(Optional.empty(), store.get("b"));
            assertEquals(5, store.changes());
        }
    }

    @Test
    void isAfterEachChangeWhatTheScriptSays() {
        StoreScript script = new StoreScript(7);
        try (KeyValueStore store = open()) {
            for (long number = 1; number <= 300; number++) script.make(number, store);
            assertEquals(script.after(300), store.values());
        }
    }

    private KeyValueStore open() {
        return KeyValueStore.open(directory, FsyncPolicy.os());
    }
}
