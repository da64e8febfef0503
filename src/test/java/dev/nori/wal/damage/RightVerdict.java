package dev.nori.wal.damage;

import dev.nori.wal.Verdict;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.segment.ControlFile;
import java.util.Arrays;

/** Holds the verdict on a damaged log to what was damaged: its kind, the file, the place, and what proves it. */
final class RightVerdict {
    private final SmallLog log;
    private final Frames frames;
    private final Image damaged;
    private final Difference difference;

    RightVerdict(SmallLog log, Frames frames, Image damaged, Difference difference) {
        this.log = log;
        this.frames = frames;
        this.damaged = damaged;
        this.difference = difference;
    }

    /** That of a log that opened, and gave back so many records. */
    void checkSound(Verdict.Sound sound, int records) {
        switch (sound) {
            case Verdict.New isNew -> check(!survives(0), "new, and something of it stands");
            case Verdict.Clean clean ->
                check(records == log.entries().size(), "clean, and %d records".formatted(records));
            case Verdict.TornTail torn -> check(torn.bytesCut() >= 0, "cut: " + torn);
        }
    }

    /** That of a log that was refused. */
    void checkRefused(Verdict verdict) {
        switch (verdict) {
            case Verdict.Sound sound -> throw new AssertionError("refused as sound: " + sound);
            case Verdict.Unsupported later -> throw new AssertionError("nothing in it is of a later version: " + later);
            case Verdict.Gap gap -> checkGap(gap);
            case Verdict.DurableDataLost lost -> checkLost(lost);
            case Verdict.Corrupt corrupt -> checkCorrupt(corrupt);
        }
    }

    private void checkGap(Verdict.Gap gap) {
        check(gap.file().equals(SegmentName.of(gap.segment())), "names another file: " + gap);
        for (long id = gap.segment(); id <= gap.lastSegment(); id++) {
            check(!damaged.files().containsKey(SegmentName.of(id)), "is there: " + id + ": " + gap);
            check(log.image().files().containsKey(SegmentName.of(id)), "never was there: " + id + ": " + gap);
        }
    }

    /** Only the stage remembers more, and nothing stands where it was. */
    private void checkLost(Verdict.DurableDataLost lost) {
        long end = lost.lost().from().bytes();
        check(Claims.surviveBeyond(end, log, damaged, this::isStage), "nothing remembers more: " + lost);
        check(!Claims.surviveBeyond(end, log, damaged, name -> !isStage(name)), "the log went on: " + lost);
        checkPlace(lost);
        byte[] now = damaged.files().getOrDefault(lost.file(), new byte[0]);
        int from = (int) Math.min(lost.offsetBytes(), now.length);
        int to = Math.min(now.length, from + 16);
        check(Arrays.equals(now, from, to, new byte[16], 0, to - from), "something stands there: " + lost);
    }

    private void checkCorrupt(Verdict.Corrupt corrupt) {
        if (isStage(corrupt.file())) {
            int length = damaged.bytes(corrupt.file()).length;
            check(length < log.image().bytes(corrupt.file()).length, "the stage was not cut: " + corrupt);
            check(corrupt.offsetBytes() == length, "the stage was cut elsewhere: " + corrupt);
            return;
        }
        if (corrupt.file().equals(ControlFile.NAME)) {
            check(corrupt.segment() == Verdict.NO_SEGMENT, "the control file is in no segment: " + corrupt);
            check(difference.offsetIn(ControlFile.NAME) >= 0, "the control file is whole: " + corrupt);
            return;
        }
        checkPlace(corrupt);
        boolean isHeader = corrupt.offsetBytes() < FrameLayout.BLOCK_BYTES;
        check(isHeader || survives(corrupt.lost().from().bytes()), "nothing proves that it is damage: " + corrupt);
    }

    /** In a file that is damaged, at the frame that holds the first wrong byte; or at a header that is wrong. */
    private void checkPlace(Verdict.Damage damage) {
        String name = damage.file();
        if (endsWhereTheNextHeaderWas(damage)) return;
        check(name.equals(SegmentName.of(damage.segment())), "names another file: " + damage);
        int at = difference.offsetIn(name);
        check(at >= 0, "nothing is damaged there: " + damage);
        int right = at < FrameLayout.BLOCK_BYTES ? firstFrameOrHeader(name) : frames.startOf(name, at);
        check(damage.offsetBytes() == right, "the damage is in the frame at %d: %s".formatted(right, damage));
    }

    /** What is missing of a header, cut off or zero, may be what says nothing. */
    private int firstFrameOrHeader(String name) {
        byte[] old = Arrays.copyOf(log.image().bytes(name), FrameLayout.BLOCK_BYTES);
        byte[] now = Arrays.copyOf(damaged.files().getOrDefault(name, new byte[0]), FrameLayout.BLOCK_BYTES);
        return Arrays.equals(old, now) ? FrameLayout.BLOCK_BYTES : 0;
    }

    /** Where only the stage knows that there was a next segment, the log ends at the end of the one that is whole. */
    private boolean endsWhereTheNextHeaderWas(Verdict.Damage damage) {
        String next = SegmentName.of(damage.segment() + 1);
        int at = difference.offsetIn(next);
        boolean isNextGone = frames.has(next) && at >= 0 && at < FrameLayout.BLOCK_BYTES;
        boolean isStageOnly = damage instanceof Verdict.DurableDataLost;
        return isStageOnly && isNextGone && damage.offsetBytes() == frames.endOf(damage.file());
    }

    private boolean survives(long end) {
        return Claims.surviveBeyond(end, log, damaged, name -> true);
    }

    private boolean isStage(String name) {
        return name.equals(Assembly.STAGE_NAME);
    }

    private static void check(boolean holds, String wrong) {
        if (!holds) throw new AssertionError(wrong);
    }
}
