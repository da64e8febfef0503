package dev.nori.wal.flush;

import dev.nori.wal.WalException;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.handoff.Doorbell;
import dev.nori.wal.handoff.Stage;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.segment.PreparedSegment;
import dev.nori.wal.segment.SegmentSupply;
import dev.nori.wal.segment.SpareSegments;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Prepares the next segment before it is needed and seals the full one after it is done with, so that a roll is a swap of
 * pointers. Can be stepped: each {@link #doWork} does one piece of work. One thread runs it; any thread may ask it.
 *
 * <p>A full disk is told to whoever needs the space, each time anew, and is not a failure. Everything else is.
 */
public final class Housekeeper implements SegmentSupply {
    private static final long NAP_NANOS = 500_000_000;

    private final Storage storage;
    private final Stage stage;
    private final Settings settings;
    private final SpareSegments spares;
    private final Trimmer trimmer;
    private final LongSupplier nanoClock;
    private final Doorbell bell = new Doorbell();
    private final ConcurrentLinkedQueue<AgingSegment> toSeal = new ConcurrentLinkedQueue<>();

    private long nextId;
    private volatile @Nullable PreparedSegment ready;
    private volatile boolean wanted = true;
    private volatile boolean awaited; // by a caller
    private @Nullable Preparation preparing; // of the thread that runs this
    private final AtomicLong asked = new AtomicLong(); // how often a segment was asked for
    private volatile @Nullable Refusal noSegment;
    private volatile @Nullable Refusal noGrowth;
    private volatile @Nullable Growth growth;

    /**
     * How segments are made.
     *
     * @param segmentBytes size of a segment file
     * @param preallocate whether all its space is owned at once
     * @param zeroFill whether it is written once with zeros, so that later syncs change no metadata
     */
    public record Settings(long segmentBytes, boolean preallocate, boolean zeroFill) {
        /** How much space is taken at a time without preallocation. */
        public static final long STEP_BYTES = 1 << 20;

        private long ownedAtFirst() {
            return preallocate ? segmentBytes : Math.min(segmentBytes, FrameLayout.BLOCK_BYTES + STEP_BYTES);
        }
    }

    private record Growth(LogFile file, long toBytes) {}

    /** A segment that is being prepared: its space is owned, and what it lacks are zeros. */
    private record Preparation(LogFile file, @Nullable ZeroFill zeros) {
        boolean isDone() {
            return zeros == null || zeros.isDone();
        }
    }

    /** There was no space, at the time when it had been asked for so often. */
    private record Refusal(long asked, long needed, long free) {}

    /**
     * A housekeeper whose first segment has the id {@code nextId}.
     *
     * @param spares files to be used before new ones are created
     * @param trimmer learns of every segment that is sealed
     * @param inHand the first segment, if it is prepared already
     */
    public Housekeeper(
            Storage storage,
            Stage stage,
            Settings settings,
            SpareSegments spares,
            Trimmer trimmer,
            LongSupplier nanoClock,
            long nextId,
            @Nullable PreparedSegment inHand) {
        this.storage = storage;
        this.stage = stage;
        this.settings = settings;
        this.spares = spares;
        this.trimmer = trimmer;
        this.nanoClock = nanoClock;
        this.nextId = nextId;
        if (inHand != null) handOn(inHand);
    }

    private void handOn(PreparedSegment segment) {
        ready = segment;
        nextId = segment.id() + 1;
        wanted = false;
    }

    /** Wakes the thread that runs this. */
    public Doorbell bell() {
        return bell;
    }

    @Override
    public long segmentBytes() {
        return settings.segmentBytes();
    }

    // ---- for the caller whose turn it is

    @Override
    public void ask() {
        asked.incrementAndGet();
    }

    @Override
    public @Nullable PreparedSegment poll() {
        PreparedSegment segment = ready;
        if (segment != null) {
            ready = null;
            wanted = true; // the one after it
            awaited = false;
            bell.ring();
            return segment;
        }
        Refusal refusal = noSegment;
        if (refusal != null) noSegment = null; // so that the next attempt can be made
        wanted = true;
        awaited = true;
        bell.ring();
        if (refusal != null && refusal.asked == asked.get()) throw full(refusal);
        return null;
    }

    @Override
    public void grow(LogFile file, long toBytes) {
        growth = new Growth(file, toBytes);
        bell.ring();
    }

    @Override
    public boolean grown() {
        if (growth != null) return false;
        Refusal refusal = noGrowth;
        noGrowth = null;
        if (refusal != null) throw full(refusal);
        return true;
    }

    private WalException.Full full(Refusal refusal) {
        String message = "no space for the append: the log needs %d bytes more in %s, %d are free";
        return new WalException.Full(
                message.formatted(refusal.needed, storage.directory(), refusal.free), refusal.needed, refusal.free);
    }

    /** Hands over a segment that was filled, to be sealed. In the order of their ids. */
    public void seal(AgingSegment segment) {
        toSeal.add(segment);
        bell.ring();
    }

    // ---- the work

    private boolean hasWork() {
        if (stage.failure().isLatched()) return false;
        return !toSeal.isEmpty() || growth != null || isSegmentDue() || areZerosDue();
    }

    private boolean isSegmentDue() {
        return wanted && ready == null && noSegment == null && preparing == null;
    }

    private boolean areZerosDue() {
        Preparation segment = preparing;
        if (segment == null || segment.zeros == null) return false;
        return awaited || segment.zeros.isDue(nanoClock.getAsLong(), stage.committed());
    }

    /** Does one piece of work; false if there was none. */
    public boolean doWork() {
        if (!hasWork()) return false;
        try {
            if (growth != null) growNow();
            else if (isSegmentDue() || (areZerosDue() && (awaited || toSeal.isEmpty()))) prepareNow();
            else sealNow();
        } catch (IoFailure e) {
            stage.fail(e);
        }
        return true;
    }

    /** Sleeps until somebody rings, or more zeros are due. */
    public void rest() {
        bell.wakeFrom(0);
        if (hasWork()) bell.awake();
        else bell.sleep(preparing == null ? NAP_NANOS : ZeroFill.TICK_NANOS);
    }

    private void sealNow() throws IoFailure {
        AgingSegment segment = toSeal.peek();
        if (segment == null) return;
        segment.seal();
        toSeal.remove();
        trimmer.sealed(segment.id());
    }

    private void growNow() throws IoFailure {
        Growth due = growth;
        if (due == null) return;
        try {
            due.file.allocate(due.toBytes);
        } catch (IoFailure e) {
            noGrowth = refusal(e, asked.get(), Math.max(0, due.toBytes - due.file.size()));
        }
        growth = null;
    }

    /** Begins to prepare a segment or goes on with it; hands it on once it is ready. */
    private void prepareNow() throws IoFailure {
        long askedBefore = asked.get();
        try {
            Preparation segment = preparing;
            if (segment == null) segment = begin(SegmentName.of(nextId));
            else if (segment.zeros != null) writeZeros(segment.zeros);
            if (segment.isDone()) finish(segment.file);
        } catch (IoFailure e) {
            dropPreparation();
            noSegment = refusal(e, askedBefore, settings.ownedAtFirst());
            awaited = false;
        }
    }

    private Preparation begin(String name) throws IoFailure {
        LogFile spare = storage.list().contains(name) ? null : spares.giveOut(name);
        LogFile file = spare != null ? spare : openOrCreate(name);
        preparing = new Preparation(file, null); // to be dropped if what follows fails
        file.allocate(settings.ownedAtFirst());
        // A spare was written once, and what it holds cannot be taken for frames: zeros would only cost time.
        if (spare != null || !settings.preallocate() || !settings.zeroFill()) return preparing;
        ZeroFill zeros = new ZeroFill(file, settings.segmentBytes(), nanoClock.getAsLong(), stage.committed());
        preparing = new Preparation(file, zeros);
        writeZeros(zeros);
        return preparing;
    }

    private void writeZeros(ZeroFill zeros) throws IoFailure {
        if (awaited) zeros.hurry();
        else zeros.catchUp(nanoClock.getAsLong(), stage.committed());
    }

    private void finish(LogFile file) throws IoFailure {
        file.sync();
        storage.syncDirectory();
        preparing = null;
        handOn(new PreparedSegment(nextId, settings.segmentBytes(), settings.ownedAtFirst(), file));
    }

    private void dropPreparation() {
        Preparation segment = preparing;
        preparing = null;
        if (segment != null) segment.file.close();
    }

    /**
     * A file of that name may be left from a process that ended before it was used: its header is emptied. Its name stays whatever
     * happens: a name that is missing behind a sealed segment is damage.
     */
    private LogFile openOrCreate(String name) throws IoFailure {
        if (!storage.list().contains(name)) return storage.create(name);
        LogFile left = storage.open(name, Storage.Access.WRITE);
        try {
            left.forgetCached(0);
            boolean whole = left.size() == settings.segmentBytes();
            if (whole) left.writeDurably(0, AlignedMemory.blocks(FrameLayout.BLOCK_BYTES));
            else left.truncate(0); // a header would need space, and whoever prepares the file syncs it
            return left;
        } catch (IoFailure e) {
            left.close();
            throw e;
        }
    }

    private Refusal refusal(IoFailure e, long askedBefore, long needed) throws IoFailure {
        if (e.kind() != IoFailure.Kind.FULL) throw e;
        return new Refusal(askedBefore, needed, storage.freeBytes());
    }

    /** Closes what nobody took. The last prepared file stays, for the next open. */
    public void close() {
        dropPreparation();
        PreparedSegment segment = ready;
        ready = null;
        if (segment != null) segment.file().close();
    }
}
