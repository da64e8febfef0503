package dev.nori.wal.peers;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/** RocksDB, used as a log: what is put stands in its write-ahead log, and its memtable is too large to be flushed. */
final class RocksWal implements Peer {
    private static final long MEMTABLE_BYTES = 4L << 30;

    private final Options options;
    private final RocksDB db;
    private final WriteOptions durable = new WriteOptions().setSync(true);
    private final WriteOptions later = new WriteOptions();
    private final AtomicLong keys = new AtomicLong();

    private RocksWal(Options options, RocksDB db) {
        this.options = options;
        this.db = db;
    }

    static RocksWal open(Path directory) throws RocksDBException {
        Options options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(MEMTABLE_BYTES)
                .setMaxTotalWalSize(MEMTABLE_BYTES);
        return new RocksWal(options, RocksDB.open(options, directory.toString()));
    }

    static void read(Path directory, Consumer<byte[]> sink) throws RocksDBException {
        RocksWal log = open(directory);
        try (RocksIterator all = log.db.newIterator()) {
            for (all.seekToFirst(); all.isValid(); all.next()) sink.accept(all.value());
        } finally {
            log.close();
        }
    }

    @Override
    public void append(byte[] record) throws RocksDBException {
        db.put(later, key(), record);
    }

    @Override
    public void appendDurably(byte[] record) throws RocksDBException {
        db.put(durable, key(), record);
    }

    private byte[] key() {
        return ByteBuffer.allocate(Long.BYTES).putLong(keys.incrementAndGet()).array();
    }

    @Override
    public void sync() throws RocksDBException {
        db.flushWal(true);
    }

    @Override
    public void close() {
        durable.close();
        later.close();
        db.close();
        options.close();
    }
}
