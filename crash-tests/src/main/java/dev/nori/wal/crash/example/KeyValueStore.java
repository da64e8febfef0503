package dev.nori.wal.crash.example;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Strings by key, in memory; each change is a record of a log first. Opening replays the log.
 *
 * <p>When {@link #put} or {@link #delete} returns, the change has the durability of the policy. Changes are made in one order, that of
 * the log, so what a crash leaves is the store as it was after some change. Safe for any number of threads.
 */
final class KeyValueStore implements AutoCloseable {
    private final Wal wal;
    private final Map<String, String> values = new TreeMap<>(); // guarded by this, like what follows
    private long changes;

    private KeyValueStore(Wal wal) {
        this.wal = wal;
    }

    /** Opens the store in a directory, as the last change left it; an empty one if nothing is there. Throws like {@link Wal#open}. */
    static KeyValueStore open(Path directory, FsyncPolicy policy) {
        Wal wal = Wal.open(directory, config(policy));
        try {
            KeyValueStore store = new KeyValueStore(wal);
            store.replay();
            return store;
        } catch (RuntimeException | Error e) {
            wal.close();
            throw e;
        }
    }

    // Small segments, so that even a short run goes through several.
    private static WalConfig config(FsyncPolicy policy) {
        return WalConfig.defaults()
                .withMaxSegmentBytes(WalConfig.MIN_SEGMENT_BYTES)
                .withFsyncPolicy(policy);
    }

    private synchronized void replay() {
        try (WalReader reader = wal.readFrom(wal.recovery().first())) {
            for (LogEntry entry : reader) apply(entry.record());
        }
    }

    /** The value of a key, if it has one. */
    synchronized Optional<String> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Gives a key a value. */
    void put(String key, String value) {
        change(WalRecord.put(bytes(key), bytes(value)));
    }

    /** Takes a key away; a change even if it was not there. */
    void delete(String key) {
        change(WalRecord.delete(bytes(key)));
    }

    private synchronized void change(WalRecord record) {
        wal.append(record); // first: what the log refuses must not be seen
        apply(record);
    }

    private void apply(WalRecord record) {
        String key = string(record.keyBytes());
        if (record.isTombstone()) values.remove(key);
        else values.put(key, string(record.valueBytes()));
        changes++;
    }

    /** On return every change that was made before survives a power cut, whatever the policy. */
    void sync() {
        wal.sync();
    }

    /** How many changes led to what the store holds. */
    synchronized long changes() {
        return changes;
    }

    /** Everything it holds. */
    synchronized Map<String, String> values() {
        return Map.copyOf(values);
    }

    @Override
    public void close() {
        wal.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
