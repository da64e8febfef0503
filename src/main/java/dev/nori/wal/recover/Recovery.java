package dev.nori.wal.recover;

import dev.nori.wal.Verdict;
import dev.nori.wal.WalException;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.LogStart;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.segment.ControlFile;
import dev.nori.wal.segment.SegmentWindow;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens the log's files and finds its end.
 *
 * <ol>
 *   <li>The control file says where the log begins, and whether a cut is under way ({@link ControlFile}).
 *   <li>Sealed segments are durable and are not read again. Those after the last sealed one are scanned, frame by frame, as long as
 *       each segment goes on exactly where the one before ends ({@link SegmentChain}).
 *   <li>Where the frames end: is there proof, in a mark further on or in a later segment, that more had been durable? That and all
 *       else that matters are the facts ({@link FactFinding}), from which the verdict follows ({@link Verdicts}). Nothing was
 *       changed so far; damage and what is not known end it here.
 *   <li>Otherwise what a killed process left in the stage is moved into the files and scanned too ({@link StageDrain}).
 *   <li>What was found is made durable, full segments are sealed, and segments that were cut off are emptied ({@link Mending}).
 * </ol>
 *
 * <p>A cut that is under way is carried out instead of the fourth step: everything before it is durable, and nothing at or
 * behind it counts.
 */
public final class Recovery {
    private final Storage storage;
    private final SegmentFiles files;
    private final SegmentWindow window;
    private final SegmentChain chain;
    private final LeftStage stage;
    private final ControlFile.Reading control;
    private final LogStart start;
    private final FactFinding finding;
    private final long proposedLogId;
    private final Mending.Zeros zeros;

    private int generation;
    private long fromStage;

    private Recovery(Sight sight, long proposedLogId, Mending.Zeros zeros) {
        this.storage = sight.scene().storage();
        this.files = sight.scene().files();
        this.window = sight.scene().probe().window();
        this.chain = sight.scene().chain();
        this.control = sight.scene().control();
        this.start = sight.scene().start();
        this.stage = sight.stage();
        this.finding = sight.finding();
        this.proposedLogId = proposedLogId;
        this.zeros = zeros;
    }

    /**
     * Recovers the log of a directory.
     *
     * @param stageFile the stage, as the last process left it
     * @param proposedLogId the id for a log that is new
     * @throws WalException.Corrupt if data that had been durable is damaged; nothing was changed
     * @throws WalException.Unsupported if a later version wrote here; nothing was changed
     */
    public static Recovered run(Storage storage, MemorySegment stageFile, long proposedLogId) throws IoFailure {
        return run(storage, StageFile.parse(stageFile), proposedLogId);
    }

    /** {@link #run(Storage, MemorySegment, long)} with a stage that was looked at before. */
    public static Recovered run(Storage storage, StageFile stage, long proposedLogId) throws IoFailure {
        return run(storage, stage, proposedLogId, Mending.Zeros.DOUBTFUL);
    }

    /**
     * Recovers a log that is in use and of which nothing has failed since it was opened. There is nothing to drain: all that was in its stage
     * is durable.
     */
    public static Recovered runAgain(Storage storage, long logId) throws IoFailure {
        return run(storage, StageFile.parse(MemorySegment.NULL), logId, Mending.Zeros.ON_THE_DISK);
    }

    private static Recovered run(Storage storage, StageFile stage, long proposedLogId, Mending.Zeros zeros)
            throws IoFailure {
        try (Sight sight = Sight.open(storage, stage, SegmentChain.Depth.UNSEALED)) {
            return new Recovery(sight, proposedLogId, zeros).recover();
        }
    }

    private Recovered recover() throws IoFailure {
        Verdict verdict = Verdicts.of(finding.find());
        return switch (verdict) {
            case Verdict.Sound sound -> carryOut(sound);
            case Verdict.Damage damage -> throw Refusal.of(storage, damage);
            case Verdict.Unsupported unsupported -> throw new WalException.Unsupported(unsupported.what());
        };
    }

    private Recovered carryOut(Verdict.Sound verdict) throws IoFailure {
        if (control instanceof ControlFile.Found found) found.settle(storage);
        ControlSlot slot = control.slot();
        Mending mending = new Mending(storage, files, chain);
        ControlSlot mended = slot == null || slot.cut() == null ? mend(mending) : carryOutCut(mending, slot);
        mending.deleteLeftovers();
        return result(verdict, mended);
    }

    // ---- without a cut

    private ControlSlot mend(Mending mending) throws IoFailure {
        long before = chain.end().sequence();
        drainStage(chain.end());
        fromStage = chain.end().sequence() - before;
        generation = finding.highestGeneration();
        mending.makeDurable(Math.max(chain.end().durable(), stage.durable()));
        // Where they are not, what comes back is older than the next generation.
        mending.emptyCutSegments(Mending.Zeros.ON_THE_DISK);
        ControlSlot slot = control.slot();
        if (slot == null) return chain.known() ? ControlSlot.first(chain.logId()) : ControlSlot.unbegun(proposedLogId);
        return chain.known() && slot.front() == ControlSlot.Front.AHEAD ? noteBegun(slot) : slot;
    }

    /** The segment with which the log begins is there, and durable by now: without it there would be damage. */
    private ControlSlot noteBegun(ControlSlot slot) throws IoFailure {
        ControlFile noted = new ControlFile(storage, slot);
        noted.change(ControlSlot::begun);
        return noted.current();
    }

    // ---- a cut

    private ControlSlot carryOutCut(Mending mending, ControlSlot slot) throws IoFailure {
        mending.makeDurable(chain.end().position());
        mending.emptyCutSegments(zeros);
        mending.wipeBehindTheEnd(zeros);
        generation = higher(chain.end().generation(), slot.voidGeneration());
        ControlFile file = new ControlFile(storage, slot);
        long end = chain.end().position();
        file.change(now -> now.cutDone(generation, end)); // not before all of it is durable
        return file.current();
    }

    // ---- the stage

    private void drainStage(ScanState end) throws IoFailure {
        Optional<StageFile.Left> left = stage.ofThisLog();
        if (left.isEmpty()) return;
        SegmentScan current = chain.lastScan();
        StageDrain drain = new StageDrain(storage, left.get(), chain.nextId() - 1);
        if (!drain.mayContinue(end)) return;
        drain.moveFrom(
                end.position(), current == null ? null : current.header(), current == null ? null : current.file());
        if (current != null) current.run();
        chain.scanOn();
    }

    static int higher(int one, int other) {
        return Integer.compareUnsigned(one, other) > 0 ? one : other;
    }

    // ---- the result

    private Recovered result(Verdict.Sound verdict, ControlSlot slot) throws IoFailure {
        ScanState end = chain.end();
        MemorySegment tail = tailOf(end); // before the current file is let out of our hands
        return new Recovered(
                verdict,
                slot,
                start.segmentId(),
                chain.size(),
                chain.scans().stream()
                        .map(s -> new Recovered.Scanned(s.header(), s.index()))
                        .toList(),
                current(),
                end.position(),
                end.sequence(),
                end.timeMillis(),
                generation,
                tail,
                fromStage,
                window.bytesRead());
    }

    private Recovered.@Nullable Current current() throws IoFailure {
        SegmentScan scan = chain.lastScan();
        if (scan == null) return null;
        long ownedBytes = scan.file().size();
        LogFile file = files.release(scan.header().segmentId());
        return new Recovered.Current(scan.header(), scan.index(), file, ownedBytes);
    }

    private MemorySegment tailOf(ScanState end) throws IoFailure {
        MemorySegment block = AlignedMemory.blocks(FrameLayout.BLOCK_BYTES);
        long start = FrameLayout.blockFloor(end.position());
        SegmentScan last = chain.lastScan();
        if (last != null && start < end.position())
            last.file().read(last.header().offsetOf(start), block);
        return block;
    }
}
