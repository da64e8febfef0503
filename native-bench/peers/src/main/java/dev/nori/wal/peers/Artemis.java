package dev.nori.wal.peers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.activemq.artemis.core.io.SequentialFileFactory;
import org.apache.activemq.artemis.core.io.mapped.MappedSequentialFileFactory;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;
import org.apache.activemq.artemis.core.journal.RecordInfo;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;

/** The journal of Apache Artemis. Its buffer waits for company; the wait is set so that one caller alone does not starve. */
final class Artemis implements Peer {
    private static final int FILE_BYTES = 64 << 20;
    private static final int FILES = 4;
    private static final int BUFFER_BYTES = 2 << 20;
    private static final int WAIT_NANOS = 100_000;
    private static final byte TYPE = 1;

    private final JournalImpl journal;
    private final AtomicLong ids = new AtomicLong();

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
        return new Artemis(started(files, new ArrayList<>()));
    }

    static void read(SequentialFileFactory files, Consumer<byte[]> sink) throws Exception {
        List<RecordInfo> records = new ArrayList<>();
        JournalImpl journal = started(files, records);
        journal.stop();
        for (RecordInfo record : records) sink.accept(record.data);
    }

    private static JournalImpl started(SequentialFileFactory files, List<RecordInfo> records) throws Exception {
        files.setDatasync(true);
        JournalImpl journal = new JournalImpl(FILE_BYTES, FILES, FILES, 0, 0, files, "nori", "log", 1);
        journal.start();
        journal.load(records, new ArrayList<>(), null, true);
        return journal;
    }

    @Override
    public void append(byte[] record) throws Exception {
        journal.appendAddRecord(ids.incrementAndGet(), TYPE, record, false);
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
}
