package dev.nori.wal.peers;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** H2's store: a map from numbers to records; what was committed and synced is durable. */
final class H2Store implements Peer {
    private static final String NAME = "log.mv";

    private final MVStore store;
    private final MVMap<Long, byte[]> map;
    private final AtomicLong keys = new AtomicLong();

    private H2Store(MVStore store) {
        this.store = store;
        this.map = store.openMap("log");
    }

    static H2Store open(Path directory) {
        return new H2Store(new MVStore.Builder()
                .fileName(directory.resolve(NAME).toString())
                .autoCommitDisabled()
                .open());
    }

    static void read(Path directory, Consumer<byte[]> sink) {
        H2Store log = open(directory);
        for (byte[] record : log.map.values()) sink.accept(record);
        log.close();
    }

    @Override
    public void append(byte[] record) {
        map.put(keys.incrementAndGet(), record);
    }

    @Override
    public void appendDurably(byte[] record) {
        append(record);
        sync();
    }

    @Override
    public void sync() {
        store.commit();
        store.sync();
    }

    @Override
    public void close() {
        store.close();
    }
}
