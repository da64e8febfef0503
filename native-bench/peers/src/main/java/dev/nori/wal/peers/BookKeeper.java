package dev.nori.wal.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.bookkeeper.bookie.Journal;
import org.apache.bookkeeper.bookie.LedgerDirsManager;
import org.apache.bookkeeper.conf.ServerConfiguration;
import org.apache.bookkeeper.proto.BookkeeperInternalCallbacks.WriteCallback;
import org.apache.bookkeeper.util.DiskChecker;

/** The journal of an Apache BookKeeper bookie, without the bookie: one ledger, and an entry for each record. */
final class BookKeeper implements Peer {
    private static final long LEDGER = 1;
    private static final int ENTRY_HEADER_BYTES = 2 * Long.BYTES;
    private static final long WINDOW_MILLIS = 5;
    private static final int QUEUED_ENTRIES = 256;
    private static final long NEVER_MILLIS = TimeUnit.DAYS.toMillis(1);
    private static final WriteCallback NOBODY_WAITS = (code, ledger, number, bookie, context) -> {};
    private static final boolean CALL_BACK_ONCE_SYNCED = false; // "acknowledge before sync", in its words
    private static final long PATIENCE_SECONDS = 60; // its journal dies without telling those who wait

    private final Journal journal;
    private final AtomicLong entries = new AtomicLong();

    private BookKeeper(Journal journal) {
        this.journal = journal;
    }

    static BookKeeper open(Path directory, Promise promise) throws IOException {
        Journal journal = journal(directory, configuration(directory, promise));
        journal.start();
        return new BookKeeper(journal);
    }

    static void read(Path directory, Consumer<byte[]> sink) throws IOException {
        Journal journal = journal(directory, configuration(directory, Promise.LATER));
        for (long file : Journal.listJournalIds(directory.toFile(), null)) {
            journal.scanJournal(
                    file,
                    0,
                    (version, offset, entry) -> {
                        byte[] record = new byte[entry.remaining() - ENTRY_HEADER_BYTES];
                        entry.position(entry.position() + ENTRY_HEADER_BYTES).get(record);
                        sink.accept(record);
                    },
                    false);
        }
    }

    private static Journal journal(Path directory, ServerConfiguration configuration) throws IOException {
        File[] directories = {directory.toFile()};
        LedgerDirsManager ledgers = new LedgerDirsManager(configuration, directories, new DiskChecker(0.99f, 0.98f));
        return new Journal(0, directory.toFile(), configuration, ledgers);
    }

    private static ServerConfiguration configuration(Path directory, Promise promise) {
        ServerConfiguration configuration = new ServerConfiguration()
                .setJournalDirName(directory.toString())
                .setJournalRemovePagesFromCache(false)
                .setJournalAdaptiveGroupWrites(true)
                .setJournalPageCacheFlushIntervalMSec(NEVER_MILLIS);
        return switch (promise) {
            case DURABLE -> configuration.setJournalSyncData(true).setJournalMaxGroupWaitMSec(0);
            case SOON -> waitingForGroups(configuration.setJournalSyncData(true));
            case LATER -> waitingForGroups(configuration.setJournalSyncData(false));
        };
    }

    // A group ends when its oldest entry is older than the window and the next one younger. From a queue that
    // holds more than is written in that time, none comes that is younger.
    private static ServerConfiguration waitingForGroups(ServerConfiguration configuration) {
        return configuration
                .setJournalMaxGroupWaitMSec(WINDOW_MILLIS)
                .setJournalFlushWhenQueueEmpty(false)
                .setJournalQueueSize(QUEUED_ENTRIES);
    }

    @Override
    public void append(byte[] record) throws InterruptedException {
        add(record, NOBODY_WAITS);
    }

    @Override
    public void appendDurably(byte[] record) throws Exception {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        add(record, (code, ledger, number, bookie, context) -> done.complete(code));
        done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void add(byte[] record, WriteCallback callback) throws InterruptedException {
        ByteBuf entry = PooledByteBufAllocator.DEFAULT.directBuffer(ENTRY_HEADER_BYTES + record.length);
        try {
            entry.writeLong(LEDGER).writeLong(entries.getAndIncrement()).writeBytes(record);
            journal.logAddEntry(entry, CALL_BACK_ONCE_SYNCED, callback, null);
        } finally {
            entry.release();
        }
    }

    @Override
    public void sync() throws Exception {
        appendDurably(new byte[0]); // it offers another way to its bookie alone
    }

    @Override
    public void close() throws IOException {
        try {
            sync(); // its shutdown drops what is still in the queue
        } catch (Exception e) {
            throw new IOException("the journal does not end", e);
        } finally {
            journal.shutdown();
        }
    }
}
