package dev.nori.wal.explore;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.SegmentInfo;
import dev.nori.wal.Verdict;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.sim.CrashPoint;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.io.sim.SimOptions;
import dev.nori.wal.segment.ControlFile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes away of a log what had been durable, so that nothing stands where it was: files of segments, and the records at the end. Each time
 * the log must refuse to open with the verdict that says so, at the place where the loss begins.
 */
public final class LossExplorer {
    private final List<String> findings = new ArrayList<>();
    private int gaps;
    private int lostEnds;
    private int lostCuts;
    private int lostCheckpoints;

    /** An explorer that has seen nothing. */
    public LossExplorer() {}

    /** How the end of a log was lost. */
    private enum Way {
        ZEROED,
        CUT_SHORT
    }

    /** Where a record begins. */
    private record Place(long segment, long offsetBytes, long position, long sequence) {
        static Place of(LogEntry entry, SegmentInfo segment) {
            long position = entry.position().bytes();
            long offset = FrameLayout.BLOCK_BYTES + position - segment.base().bytes();
            return new Place(segment.id(), offset, position, entry.sequence());
        }
    }

    /** What was said of it otherwise than it should be, or not at all. */
    public List<String> findings() {
        return findings;
    }

    /** How often segments that are missing were noticed. */
    int gaps() {
        return gaps;
    }

    /** How often it was noticed that the log ends before a place up to which it had been durable. */
    int lostEnds() {
        return lostEnds;
    }

    /** How often it was noticed although the stage was gone too, because of a checkpoint. */
    int lostCheckpoints() {
        return lostCheckpoints;
    }

    /** How often that was noticed while a cut was under way. */
    int lostCuts() {
        return lostCuts;
    }

    /** Takes away segments and ends of what a script leaves once it was closed and opened again; stops at the first finding. */
    public LossExplorer explore(Script script, SimOptions options) {
        List<Step> steps = new ArrayList<>(script.steps());
        steps.add(new Step.Reopen());
        SimDisk disk = Rehearsal.run(script.with(steps), new SimDisk(options));
        disk.kill();
        try {
            List<SegmentInfo> segments = new ArrayList<>();
            List<Place> places = places(copy(disk), script, segments);
            removeSegments(disk, script, segments.size());
            long checkpoint = checkpoint(disk);
            for (Place place : places) {
                if (place.segment() != segments.size() - 1) continue;
                loseEnd(disk, script, place);
                if (place.position() < checkpoint) loseEndAndStage(disk, script, place);
                else keepFront(disk, script, place);
            }
        } catch (IoFailure e) {
            throw new AssertionError(e);
        }
        return this;
    }

    /** Takes away the records in front of a cut while it is under way; the script, whose last step it is, fits into one segment. */
    public LossExplorer exploreCut(Script script, SimOptions options) {
        SimDisk disk = Rehearsal.run(script, new SimDisk(options));
        try {
            for (CrashPoint point : disk.journal().points()) {
                SimDisk killed = point.kills(2, 1).disk(0);
                if (findings.isEmpty() && isCutting(killed.storage())) loseFront(killed, script);
            }
        } catch (IoFailure e) {
            throw new AssertionError(e);
        }
        return this;
    }

    private static SimDisk copy(SimDisk disk) {
        return disk.journal().last().kills(2, 1).disk(0);
    }

    private static List<Place> places(SimDisk disk, Script script, List<SegmentInfo> segments) {
        List<Place> places = new ArrayList<>();
        try (Wal wal = Rehearsal.open(disk.storage(), script, new SteppedCrew(), () -> 0);
                WalReader reader = wal.readFrom(Position.START)) {
            segments.addAll(wal.segments());
            for (LogEntry entry : reader) places.add(Place.of(entry, segmentOf(entry, segments)));
        }
        return places;
    }

    private static SegmentInfo segmentOf(LogEntry entry, List<SegmentInfo> segments) {
        return segments.reversed().stream()
                .filter(segment -> segment.base().compareTo(entry.position()) <= 0)
                .findFirst()
                .orElseThrow();
    }

    private static long checkpoint(SimDisk disk) throws IoFailure {
        ControlSlot slot = ControlFile.read(copy(disk).storage()).slot();
        ControlSlot.Mark mark = slot == null ? null : slot.checkpoint();
        return mark == null ? 0 : mark.position();
    }

    // ---- files

    /** Every row of neighbours, with the stage and without it. */
    private void removeSegments(SimDisk disk, Script script, int count) throws IoFailure {
        for (int first = 0; first < count; first++) {
            for (int last = first; last < count; last++) {
                remove(disk, script, first, last, last == count - 1);
            }
        }
    }

    private void remove(SimDisk disk, Script script, int first, int last, boolean isEnd) throws IoFailure {
        for (boolean withStage : new boolean[] {true, false}) {
            SimDisk left = copy(disk);
            for (int id = first; id <= last; id++) left.storage().delete(SegmentName.of(id));
            if (!withStage) left.storage().delete(Assembly.STAGE_NAME);
            String what = "segments %d to %d are missing".formatted(first, last) + (withStage ? "" : ", and the stage");
            Verdict verdict = refusal(left, script);
            boolean right = verdict instanceof Verdict.Gap gap
                    && gap.segment() == first
                    && gap.file().equals(SegmentName.of(first))
                    && gap.lastSegment() == (isEnd ? first : last); // nothing says how many there were at the end
            if (right) gaps++;
            else wrong(what, verdict);
        }
    }

    // ---- records

    private void loseEnd(SimDisk disk, Script script, Place place) throws IoFailure {
        for (Way way : Way.values()) {
            SimDisk left = copy(disk);
            lose(left.storage(), place, way);
            Verdict verdict = refusal(left, script);
            if (isLostFrom(place, verdict)) lostEnds++;
            else wrong("the end was lost (%s) from %s on".formatted(way, place), verdict);
        }
    }

    /** The checkpoint stands behind it. */
    private void loseEndAndStage(SimDisk disk, Script script, Place place) throws IoFailure {
        SimDisk left = copy(disk);
        lose(left.storage(), place, Way.ZEROED);
        left.storage().delete(Assembly.STAGE_NAME);
        Verdict verdict = refusal(left, script);
        if (isLostFrom(place, verdict)) lostCheckpoints++;
        else wrong("the end was lost from %s on, in front of a checkpoint, and the stage".formatted(place), verdict);
    }

    /** Nothing is left that says that there was more: what stands before comes back, and no other record. */
    private void keepFront(SimDisk disk, Script script, Place place) throws IoFailure {
        SimDisk left = copy(disk);
        lose(left.storage(), place, Way.ZEROED);
        left.storage().delete(Assembly.STAGE_NAME);
        try (Wal wal = Rehearsal.open(left.storage(), script, new SteppedCrew(), () -> 0)) {
            long back = wal.recovery().nextSequence();
            if (back != place.sequence()) findings.add("%d records came back in front of %s".formatted(back, place));
        }
    }

    private void loseFront(SimDisk killed, Script script) throws IoFailure {
        SimDisk left = killed.journal().last().kills(2, 1).disk(0);
        Place first = new Place(0, FrameLayout.BLOCK_BYTES + FrameLayout.MARK_BYTES, FrameLayout.MARK_BYTES, 0);
        lose(left.storage(), first, Way.ZEROED);
        Verdict verdict = refusal(left, script);
        if (isLostFrom(first, verdict)) lostCuts++;
        else wrong("the records in front of a cut were lost", verdict);
    }

    private static boolean isCutting(Storage storage) throws IoFailure {
        return ControlFile.read(storage) instanceof ControlFile.Found found
                && found.slot().cut() != null;
    }

    private static boolean isLostFrom(Place place, @Nullable Verdict verdict) {
        return verdict instanceof Verdict.DurableDataLost lost
                && lost.file().equals(SegmentName.of(place.segment()))
                && lost.segment() == place.segment()
                && lost.offsetBytes() == place.offsetBytes()
                && lost.lost().from().bytes() == place.position()
                && lost.lost().firstSequence() == place.sequence();
    }

    private static void lose(Storage storage, Place place, Way way) throws IoFailure {
        try (LogFile file = storage.open(SegmentName.of(place.segment()), Storage.Access.WRITE)) {
            if (way == Way.CUT_SHORT) {
                file.truncate(place.offsetBytes());
                return;
            }
            long start = FrameLayout.blockFloor(place.offsetBytes());
            var rest = AlignedMemory.blocks(file.size() - start);
            file.read(start, rest.asSlice(0, FrameLayout.BLOCK_BYTES));
            rest.asSlice(place.offsetBytes() - start).fill((byte) 0);
            file.write(start, rest);
        }
    }

    /** Why the log does not open; null if it does. */
    private static @Nullable Verdict refusal(SimDisk disk, Script script) {
        try {
            Rehearsal.open(disk.storage(), script, new SteppedCrew(), () -> 0).close();
            return null;
        } catch (WalException.Corrupt refused) {
            return refused.verdict();
        }
    }

    private void wrong(String what, @Nullable Verdict verdict) {
        findings.add(what + ": " + (verdict == null ? "the log opened" : "refused with " + verdict));
    }
}
