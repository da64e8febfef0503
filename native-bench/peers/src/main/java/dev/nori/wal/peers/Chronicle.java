package dev.nori.wal.peers;

import java.nio.file.Path;
import java.util.function.Consumer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * Chronicle Queue: a mapped file, an appender for each thread, and a sync only where one is called for. An appender belongs
 * to its thread, so a sync that another thread asks for is made by the next one that appends.
 */
final class Chronicle implements Peer {
    private final ChronicleQueue queue;
    private final ThreadLocal<ExcerptAppender> appenders;
    private volatile boolean syncWanted;

    private Chronicle(ChronicleQueue queue) {
        this.queue = queue;
        this.appenders = ThreadLocal.withInitial(queue::createAppender);
    }

    static Chronicle open(Path directory) {
        return new Chronicle(queue(directory));
    }

    static void read(Path directory, Consumer<byte[]> sink) {
        try (ChronicleQueue queue = queue(directory);
                ExcerptTailer tailer = queue.createTailer()) {
            Bytes<?> bytes = Bytes.elasticByteBuffer();
            while (tailer.readBytes(bytes.clear())) sink.accept(bytes.toByteArray());
            bytes.releaseLast();
        }
        BackgroundResourceReleaser.releasePendingResources();
    }

    private static ChronicleQueue queue(Path directory) {
        return SingleChronicleQueueBuilder.binary(directory)
                .syncMode(SyncMode.SYNC)
                .build();
    }

    @Override
    public void append(byte[] record) {
        ExcerptAppender appender = appenders.get();
        appender.writeBytes(Bytes.wrapForRead(record));
        if (!syncWanted) return;
        syncWanted = false;
        appender.sync();
    }

    @Override
    public void appendDurably(byte[] record) {
        ExcerptAppender appender = appenders.get();
        appender.writeBytes(Bytes.wrapForRead(record));
        appender.sync();
    }

    @Override
    public void sync() {
        syncWanted = true;
    }

    @Override
    public void close() {
        queue.close();
        BackgroundResourceReleaser.releasePendingResources(); // else its files may still be mapped after this
    }
}
