package dev.nori.wal.assembly;

import dev.nori.wal.Checkpoint;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.RecoveryReport;
import dev.nori.wal.SegmentInfo;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalView;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.OverlayStorage;
import dev.nori.wal.io.Storage;
import dev.nori.wal.read.Readers;
import dev.nori.wal.segment.ControlFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Looks at a log through one snapshot after the other. */
final class ReadOnlyWal implements WalView {
    private static final int MOST_LOOKS = 50;
    private static final long NAP_NANOS = 1_000_000;

    private final Storage storage;
    private volatile Snapshot snapshot;
    private volatile RecoveryReport report;
    private volatile boolean closed;

    /** Opens the log of a storage, which this closes in the end. */
    ReadOnlyWal(Storage storage) {
        this.storage = storage;
        try {
            long began = System.nanoTime();
            this.snapshot = look();
            this.report = report(snapshot, began);
        } catch (RuntimeException | Error e) {
            storage.close();
            throw e;
        }
    }

    /**
     * A log that its writer changes while it is looked at may seem damaged, or its files may be gone once they are opened. It is damaged if it
     * is so twice in the same place.
     */
    private Snapshot look() {
        RuntimeException before = null;
        for (int looks = 1; ; looks++) {
            RuntimeException trouble;
            try {
                Snapshot taken = Snapshot.take(storage, () -> closed);
                if (taken != null) return taken;
                trouble = noLog();
            } catch (WalException.Corrupt | WalException.Unsupported e) {
                trouble = e;
            } catch (IoFailure e) {
                trouble = cannotOpen(e);
            }
            if (looks == MOST_LOOKS || isSame(before, trouble)) throw trouble;
            before = trouble;
            LockSupport.parkNanos(NAP_NANOS);
        }
    }

    private static boolean isSame(@Nullable RuntimeException before, RuntimeException now) {
        if (before instanceof WalException.Corrupt one && now instanceof WalException.Corrupt other) {
            return one.verdict().file().equals(other.verdict().file()) && one.offsetBytes() == other.offsetBytes();
        }
        return before != null && String.valueOf(before.getMessage()).equals(now.getMessage());
    }

    private WalException.CannotOpen noLog() {
        String message = "there is no log in " + storage.directory();
        return new WalException.CannotOpen(message, new NoSuchFileException(storage.directory()));
    }

    private WalException.CannotOpen cannotOpen(IoFailure e) {
        return new WalException.CannotOpen(
                "cannot read the log in %s: %s".formatted(storage.directory(), e.getMessage()), e);
    }

    private static RecoveryReport report(Snapshot snapshot, long began) {
        return Assembly.report(snapshot.found(), Duration.ofNanos(System.nanoTime() - began));
    }

    @Override
    public synchronized boolean refresh() {
        checkOpen();
        Snapshot old = snapshot;
        long began = System.nanoTime();
        Snapshot now = look();
        snapshot = now;
        report = report(now, began);
        return old.found().end() != now.found().end()
                || old.found().first() != now.found().first();
    }

    // ---- reading

    @Override
    public WalReader readFrom(Position from) {
        return reader(readers -> readers.readFrom(from, dev.nori.wal.ReadBound.ACKNOWLEDGED));
    }

    @Override
    public WalReader readSegment(long id) {
        return reader(readers -> readers.readSegment(id));
    }

    private WalReader reader(Function<Readers, WalReader> open) {
        Snapshot on = snapshot;
        return new GuardedReader(this, on, ask(on, () -> open.apply(on.readers())));
    }

    @Override
    public LogEntry read(long sequence) {
        return ask(readers -> readers.read(sequence));
    }

    @Override
    public Position positionOf(long sequence) {
        return ask(readers -> readers.positionOf(sequence));
    }

    @Override
    public Position positionAt(Instant time) {
        return ask(readers -> readers.positionAt(time));
    }

    @Override
    public List<SegmentInfo> segments() {
        return ask(Readers::segments);
    }

    private <T> T ask(Function<Readers, T> question) {
        Snapshot on = snapshot;
        return ask(on, () -> question.apply(on.readers()));
    }

    /** Asks. What goes wrong where the writer has trimmed or cut meanwhile is not damage. */
    <T extends @Nullable Object> T ask(Snapshot on, java.util.function.Supplier<T> question) {
        checkOpen();
        try {
            return question.get();
        } catch (WalException.Corrupt | WalException.CannotRead e) {
            Position first = firstNow(on);
            if (first == null) throw e;
            throw new WalException.Truncated(
                    "the log was trimmed or cut while it was looked at; refresh shows what is left of it", first);
        }
    }

    /** Where the log begins now; null if nothing was taken away since. */
    private @Nullable Position firstNow(Snapshot on) {
        try {
            var slot = ControlFile.read(new OverlayStorage(storage)).slot();
            if (slot == null) return null;
            var then = on.found().control();
            boolean same = slot.start().equals(then.start())
                    && slot.voidGeneration() == then.voidGeneration()
                    && slot.cut() == null;
            return same ? null : new Position(slot.start().position());
        } catch (IoFailure | WalException e) {
            return null; // what went wrong first is what counts
        }
    }

    // ---- about it

    @Override
    public long firstSequence() {
        checkOpen();
        return snapshot.found().firstSequence();
    }

    @Override
    public long nextSequence() {
        checkOpen();
        return snapshot.found().nextSequence();
    }

    @Override
    public Position firstPosition() {
        checkOpen();
        return new Position(snapshot.found().first());
    }

    @Override
    public Position endPosition() {
        checkOpen();
        return new Position(snapshot.found().end());
    }

    @Override
    public Optional<Checkpoint> lastCheckpoint() {
        checkOpen();
        return Optional.ofNullable(DurableWal.checkpoint(snapshot.found().control()));
    }

    @Override
    public MemorySegment metadata() {
        checkOpen();
        return snapshot.found().control().metadata();
    }

    @Override
    public RecoveryReport recovery() {
        return report;
    }

    private void checkOpen() {
        if (closed) throw new WalException.Closed("the log is closed");
    }

    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        storage.close();
    }
}
