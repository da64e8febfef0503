package dev.nori.wal.peers;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.activemq.artemis.core.io.SequentialFileFactory;
import org.apache.activemq.artemis.core.io.mapped.MappedSequentialFileFactory;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;
import org.apache.activemq.artemis.core.journal.LoaderCallback;
import org.apache.activemq.artemis.core.journal.PreparedTransactionInfo;
import org.apache.activemq.artemis.core.journal.RecordInfo;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;

/** The journal of Apache Artemis. Its buffer waits for company; the wait is set so that one caller alone does not starve. */
final class Artemis implements Peer {
    private static final int FILE_BYTES = 64 << 20;
    private static final int FILES = 4;
    private static final int BUFFER_BYTES = 2 << 20;
    private static final int WAIT_NANOS = 100_000;
    private static final long QUEUED_BYTES = 64 << 20;
    private static final long PATIENCE_SECONDS = 60;
    private static final byte TYPE = 1;

    private final JournalImpl journal;
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong queuedBytes = new AtomicLong();

    private Artemis(JournalImpl journal) {
        this.journal = journal;
    }

    static SequentialFileFactory nio(Path directory) {
        return new NIOSequentialFileFactory(directory.toFile(), true, BUFFER_BYTES, WAIT_NANOS, 1, false);
    }

    static SequentialFileFactory mapped(Path directory) {
        return new MappedSequentialFileFactory(directory.toFile(), FILE_BYTES, true, BUFFER_BYTES, WAIT_NANOS, null);
    }

    static Artemis open(Path directory, SequentialFileFactory files) throws Exception {
        return new Artemis(started(files, record -> {}));
    }

    static void read(SequentialFileFactory files, Consumer<byte[]> sink) throws Exception {
        started(files, sink).stop();
    }

    private static JournalImpl started(SequentialFileFactory files, Consumer<byte[]> sink) throws Exception {
        files.setDatasync(true);
        JournalImpl journal = new JournalImpl(FILE_BYTES, FILES, FILES, 0, 0, files, "nori", "log", 1);
        journal.start();
        journal.load(new Loaded(sink));
        return journal;
    }

    @Override
    public void append(byte[] record) throws Exception {
        journal.appendAddRecord(ids.incrementAndGet(), TYPE, record, false);
        if (queuedBytes.addAndGet(record.length) >= QUEUED_BYTES) awaitQueue();
    }

    // What need not be synced goes into a queue without a bound. Large records come faster than a device writes them,
    // and the disk would be full long before the queue is empty.
    private void awaitQueue() throws InterruptedException {
        queuedBytes.set(0);
        if (!journal.flushAppendExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the journal does not write what it has queued");
        }
    }

    @Override
    public void appendDurably(byte[] record) throws Exception {
        journal.appendAddRecord(ids.incrementAndGet(), TYPE, record, true);
    }

    @Override
    public void sync() throws Exception {
        appendDurably(new byte[0]); // it knows no other way
    }

    @Override
    public void close() {
        journal.stop();
    }

    /** Hands each record over as it is read; a list of large ones would not fit into the heap. */
    private record Loaded(Consumer<byte[]> sink) implements LoaderCallback {
        @Override
        public void addRecord(RecordInfo record) {
            sink.accept(record.data);
        }

        @Override
        public void updateRecord(RecordInfo record) {
            throw new AssertionError("an update of record " + record.id);
        }

        @Override
        public void deleteRecord(long id) {
            throw new AssertionError("a deletion of record " + id);
        }

        @Override
        public void addPreparedTransaction(PreparedTransactionInfo transaction) {
            throw new AssertionError("a prepared transaction: " + transaction.getId());
        }

        @Override
        public void failedTransaction(long id, List<RecordInfo> records, List<RecordInfo> deleted) {
            throw new AssertionError("a failed transaction: " + id);
        }
    }
}
