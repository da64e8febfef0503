package dev.nori.wal.peers;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** Ours: the policy keeps the promise, nothing is asked of it per append. Each thread has an appender of its own. */
record NoriWal(Wal wal, ThreadLocal<WalAppender> appenders) implements Peer {
    private static final byte[] NO_KEY = {};

    static NoriWal open(Path directory, Promise promise) {
        FsyncPolicy policy = switch (promise) {
            case DURABLE -> FsyncPolicy.always();
            case SOON -> FsyncPolicy.batch(Duration.ofMillis(5));
            case LATER -> FsyncPolicy.os();
        };
        Wal wal = Wal.open(directory, WalConfig.defaults().withFsyncPolicy(policy));
        return new NoriWal(wal, ThreadLocal.withInitial(wal::appender));
    }

    static void read(Path directory, Consumer<byte[]> sink) {
        try (Wal wal = Wal.open(directory, WalConfig.defaults());
                WalReader reader = wal.readFrom(Position.START)) {
            for (LogEntry entry : reader) sink.accept(entry.record().valueBytes());
        }
    }

    @Override
    public void append(byte[] record) {
        appenders.get().put(NO_KEY, record);
    }

    @Override
    public void appendDurably(byte[] record) {
        appenders.get().put(NO_KEY, record);
    }

    @Override
    public void sync() {
        wal.sync();
    }

    @Override
    public void close() {
        wal.close();
    }
}
