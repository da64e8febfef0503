package dev.nori.wal.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Length, checksum, bytes; one write for each record, one {@code force} for each durable one. */
final class HandWritten implements Peer {
    private static final int HEADER_BYTES = 8;
    private static final int MAX_RECORD_BYTES = 1 << 20;
    private static final String NAME = "log";

    private final FileChannel channel;
    private final ByteBuffer frame = ByteBuffer.allocateDirect(HEADER_BYTES + MAX_RECORD_BYTES);

    private HandWritten(FileChannel channel) {
        this.channel = channel;
    }

    static HandWritten open(Path directory) throws IOException {
        return new HandWritten(
                FileChannel.open(directory.resolve(NAME), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    static void read(Path directory, Consumer<byte[]> sink) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(NAME), StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
            while (channel.read(header.clear()) == HEADER_BYTES) {
                ByteBuffer record = ByteBuffer.allocate(header.flip().getInt());
                if (channel.read(record) < record.capacity()) return;
                if (checksum(record.array()) != header.getInt()) return;
                sink.accept(record.array());
            }
        }
    }

    private static int checksum(byte[] record) {
        CRC32C checksum = new CRC32C();
        checksum.update(record);
        return (int) checksum.getValue();
    }

    @Override
    public synchronized void append(byte[] record) throws IOException {
        frame.clear().putInt(record.length).putInt(checksum(record)).put(record).flip();
        while (frame.hasRemaining()) channel.write(frame);
    }

    @Override
    public void appendDurably(byte[] record) throws IOException {
        append(record);
        channel.force(false);
    }

    @Override
    public void sync() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
