package dev.nori.wal.explore;

import dev.nori.wal.FsyncPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is done to a log before it is crashed.
 *
 * @param policy of the log
 * @param preallocate of the log
 * @param stageBytes size of the ring
 * @param segmentBytes size of segments
 * @param steps in order
 */
public record Script(FsyncPolicy policy, boolean preallocate, long stageBytes, long segmentBytes, List<Step> steps) {
    private static final long SMALL_STAGE_BYTES = 16 << 10;
    private static final long SMALL_SEGMENT_BYTES = 40 << 10;

    /** A script on a small log. */
    public static Script of(FsyncPolicy policy, Step... steps) {
        return new Script(policy, true, SMALL_STAGE_BYTES, SMALL_SEGMENT_BYTES, List.of(steps));
    }

    /** A script drawn from a seed. */
    public static Script random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FsyncPolicy policy = switch (random.nextInt(3)) {
            case 0 -> FsyncPolicy.always();
            case 1 -> FsyncPolicy.batch(Duration.ofMillis(5));
            default -> FsyncPolicy.os();
        };
        int count = random.nextInt(3, 14);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) steps.add(step(random));
        return new Script(policy, random.nextInt(4) != 0, SMALL_STAGE_BYTES, SMALL_SEGMENT_BYTES, steps);
    }

    private static Step step(SplittableRandom random) {
        return switch (random.nextInt(22)) {
            case 0, 1, 2, 3, 4 -> new Step.Append(size(random));
            case 5 -> new Step.AppendDurably(size(random));
            case 6, 7 -> new Step.AppendAsync(size(random));
            case 8, 9 -> new Step.Batch(random.nextInt(1, 5), size(random) / 4);
            case 10 -> new Step.Sync();
            case 11 -> new Step.Flush();
            case 12 -> new Step.Tick(Duration.ofMillis(random.nextInt(1, 20)));
            case 13 -> new Step.Settle();
            case 14 -> new Step.Reopen();
            case 15 -> new Step.TruncateBefore(random.nextInt(4));
            case 16 -> new Step.TruncateAfter(random.nextInt(1, 4));
            case 17 -> new Step.Reset();
            case 18 -> new Step.Checkpoint(random.nextInt(3), random.nextInt(6000));
            case 19 -> new Step.SetMetadata(random.nextInt(6000));
            case 20 -> new Step.TruncateBeforeUnderAReader(random.nextInt(4));
            default -> new Step.KillAndReopen();
        };
    }

    /** Sizes at which something changes: nothing, a sector's end, a block's end, larger than the ring's share, many. */
    private static int size(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> 512 - 16 - random.nextInt(3) * 8;
            case 2 -> 4096 - 16 - random.nextInt(8) * 8;
            case 3 -> random.nextInt(4096, 9000);
            case 4 -> random.nextInt(9000, 24_000);
            default -> random.nextInt(1, 700);
        };
    }

    /** What is done to a log of the same kind after a crash. */
    Script continued(SplittableRandom random) {
        int count = random.nextInt(1, 5);
        List<Step> next = new ArrayList<>();
        for (int i = 0; i < count; i++) next.add(step(random));
        return new Script(policy, preallocate, stageBytes, segmentBytes, next);
    }

    /** Other steps on such a log. */
    Script with(List<Step> others) {
        return new Script(policy, preallocate, stageBytes, segmentBytes, others);
    }

    /** The same script under another policy. */
    public Script under(FsyncPolicy other) {
        return new Script(other, preallocate, stageBytes, segmentBytes, steps);
    }
}
