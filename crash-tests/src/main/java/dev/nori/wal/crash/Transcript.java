package dev.nori.wal.crash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link CrashWorker} said, line by line. A line counts once its newline is there; what a killed child left
 * unfinished does not.
 *
 * <pre>
 *   opening                                              about to call Wal.open
 *   open VERDICT IO RECORDS …                            it returned; the recovery report
 *   r SEQUENCE POSITION WRITER N INDEX SIZE ok|bad       a record that is in the log
 *   listed COUNT                                         those were all
 *   VERDICT and words                                    of a CrashVerifier
 *   a WRITER N POSITION NANOS                            an acknowledged record
 *   ACK POSITION                                         all that starts before is durable; grows
 *   will DEED and numbers                                about to call what is no append, see {@link Deed}
 *   did POSITION SEQUENCE                                it returned; where the log begins now
 *   read POSITION                                        all that starts before was read by a tail
 *   full                                                 an append was refused because the disk is full; tried again
 *   closing, closed                                      around Wal.close
 *   LOCKED, CORRUPT, REFUSED, FAILED and words           what the log threw; the last line
 * </pre>
 */
public final class Transcript implements PipeReader {
    static final String OPENING = "opening";
    static final String OPEN = "open ";
    static final String RECORD = "r ";
    static final String LISTED = "listed ";
    static final String ACKNOWLEDGED = "a ";
    static final String DURABLE = "ACK ";
    static final String VERDICT = "VERDICT ";
    static final String WILL = "will ";
    static final String DID = "did ";
    static final String READ = "read ";
    static final String FULL = "full";
    static final String CLOSING = "closing";
    static final String CLOSED = "closed";

    private static final int BUFFER_BYTES = 1 << 16;

    /** How far a child got. */
    public enum Stage {
        /** It said nothing. */
        STARTED,
        /** It called {@code Wal.open}. */
        OPENING,
        /** That returned, and it reports what is in the log. */
        OPEN,
        /** It reported everything, and appends. */
        LISTED,
        /** It called {@code Wal.close}. */
        CLOSING,
        /** That returned. */
        CLOSED
    }

    private final AckLedger ledger = new AckLedger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    // All guarded by lock.
    private Stage stage = Stage.STARTED;
    private @Nullable Opened opened;
    private final List<Entry> listing = new ArrayList<>();
    private @Nullable String refusal;
    private long refusedAsFull;
    private boolean ended;

    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream(); // the reading thread's own

    @Override
    public void readFrom(InputStream pipe) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int bytes = pipe.read(buffer); bytes >= 0; bytes = pipe.read(buffer)) lines(buffer, bytes);
        } catch (IllegalArgumentException e) {
            throw new IOException(e);
        } finally {
            end();
        }
    }

    private void lines(byte[] text, int bytes) {
        int start = 0;
        for (int i = 0; i < bytes; i++) {
            if (text[i] != '\n') continue;
            unfinished.write(text, start, i - start);
            line(unfinished.toString(StandardCharsets.UTF_8));
            unfinished.reset();
            start = i + 1;
        }
        unfinished.write(text, start, bytes - start);
    }

    private void line(String line) {
        if (line.startsWith(ACKNOWLEDGED)) {
            long[] f = fields(line, 4);
            ledger.acknowledged((int) f[0], f[1], f[2], f[3]);
        } else if (line.startsWith(DURABLE)) {
            ledger.durableTo(fields(line, 1)[0]);
        } else if (line.startsWith(READ)) {
            ledger.readTo(fields(line, 1)[0]);
        } else if (line.startsWith(WILL)) {
            ledger.begun(Deed.parse(line.substring(WILL.length())));
        } else if (line.startsWith(DID)) {
            long[] f = fields(line, 2);
            ledger.done(new Front(f[0], f[1]));
        } else {
            event(line);
        }
    }

    private void event(String line) {
        lock.lock();
        try {
            if (line.startsWith(RECORD)) listing.add(entry(line));
            else if (line.equals(OPENING)) stage = Stage.OPENING;
            else if (line.startsWith(OPEN)) enter(Opened.parse(line.substring(OPEN.length())));
            else if (line.startsWith(LISTED)) listed(line);
            else if (line.equals(FULL)) refusedAsFull++;
            else if (line.equals(CLOSING)) stage = Stage.CLOSING;
            else if (line.equals(CLOSED)) stage = Stage.CLOSED;
            else if (!line.startsWith(VERDICT)) refusal = line;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void enter(Opened report) {
        opened = report;
        stage = Stage.OPEN;
    }

    private void listed(String line) {
        long count = fields(line, 1)[0];
        if (count != listing.size()) throw new IllegalArgumentException(line + ", but it was " + listing.size());
        stage = Stage.LISTED;
    }

    private static Entry entry(String line) {
        int lastSpace = line.lastIndexOf(' ');
        long[] f = fields(line.substring(0, lastSpace), 6);
        RecordId id = new RecordId((int) f[2], f[3], (int) f[4], (int) f[5]);
        return new Entry(f[0], f[1], id, line.substring(lastSpace + 1).equals("ok"));
    }

    /** The numbers after the first word. */
    private static long[] fields(String line, int count) {
        long[] fields = new long[count];
        int start = line.indexOf(' ') + 1;
        for (int i = 0; i < count; i++) {
            int end = i == count - 1 ? line.length() : line.indexOf(' ', start);
            if (end < 0) throw new IllegalArgumentException("not a report: " + line);
            fields[i] = Long.parseLong(line, start, end, 10);
            start = end + 1;
        }
        return fields;
    }

    private void end() {
        ledger.end();
        lock.lock();
        try {
            ended = true;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What it acknowledged. */
    public AckLedger ledger() {
        return ledger;
    }

    /**
     * Waits until the child got that far, or ended, or a minute is over.
     *
     * @return whether it got that far
     */
    public boolean await(Stage wanted) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MINUTES.toNanos(1);
            while (stage.compareTo(wanted) < 0 && !ended && left > 0) left = more.awaitNanos(left);
            return stage.compareTo(wanted) >= 0;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the disk is full for it, or it ended, or the time is up.
     *
     * @return whether it was refused for that reason
     */
    public boolean awaitFull(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (refusedAsFull == 0 && !ended && left > 0) left = more.awaitNanos(left);
            return refusedAsFull > 0;
        } finally {
            lock.unlock();
        }
    }

    /** How far it got. */
    public Stage stage() {
        lock.lock();
        try {
            return stage;
        } finally {
            lock.unlock();
        }
    }

    /** What its recovery reported, if it got that far. */
    public Optional<Opened> opened() {
        lock.lock();
        try {
            return Optional.ofNullable(opened);
        } finally {
            lock.unlock();
        }
    }

    /** What was in the log; all of it if the child got to {@link Stage#LISTED}. */
    public List<Entry> listing() {
        lock.lock();
        try {
            return List.copyOf(listing);
        } finally {
            lock.unlock();
        }
    }

    /** What the log threw, if it did: LOCKED, CORRUPT, REFUSED or FAILED and words. */
    public Optional<String> refusal() {
        lock.lock();
        try {
            return Optional.ofNullable(refusal);
        } finally {
            lock.unlock();
        }
    }
}
