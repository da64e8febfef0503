package dev.nori.wal.crash.disk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to crash a program: on which disk, how often, when.
 *
 * @param fileSystem what the disk carries
 * @param sizeBytes the disk's size, at least {@link FileSystem#minimumBytes}
 * @param sectorSizeBytes 512 or 4096
 * @param mountOptions the file system's own, for every mount
 * @param runs recordings: each starts the workload on a fresh disk and cuts the power once
 * @param imagesPerRun crash states that are mounted and verified for each recording
 * @param recovery whether each state's recovery is cut once more
 * @param seed decides the moments of the cuts and the states; what the workload does in between it does not decide
 * @param earliestCut the shortest time from the first acknowledgement to the cut
 * @param latestCut the longest
 * @param patience how long the workload may take to its first acknowledgement, and each verification in all
 * @param keepIn where the recordings and states of violations are kept; nowhere if empty
 */
public record CrashPlan(
        FileSystem fileSystem,
        long sizeBytes,
        int sectorSizeBytes,
        List<String> mountOptions,
        int runs,
        int imagesPerRun,
        Recovery recovery,
        long seed,
        Duration earliestCut,
        Duration latestCut,
        Duration patience,
        Optional<Path> keepIn) {
    private static final long LEAST_BYTES = 128L << 20;

    /** What happens while a state is recovered on. */
    public enum Recovery {
        /** It is left in peace. */
        UNDISTURBED,
        /** The power is cut at some point of it, and a second recovery must keep the same promises. */
        CUT_AGAIN
    }

    public CrashPlan {
        mountOptions = List.copyOf(mountOptions);
        if (sizeBytes < fileSystem.minimumBytes()) {
            throw new IllegalArgumentException(
                    fileSystem.type() + " needs " + fileSystem.minimumBytes() + " bytes: " + sizeBytes);
        }
        if (runs < 1) throw new IllegalArgumentException("runs must be at least 1: " + runs);
        if (imagesPerRun < 1) throw new IllegalArgumentException("images must be at least 1: " + imagesPerRun);
        if (earliestCut.isNegative() || earliestCut.compareTo(latestCut) > 0) {
            throw new IllegalArgumentException("cut between " + earliestCut + " and " + latestCut);
        }
    }

    /**
     * A plan to begin with: 10 runs of 10 states on the smallest disk with sectors of 512 bytes, cut 5 to 300 ms after the first
     * acknowledgement, recovery undisturbed, a minute of patience, nothing kept.
     */
    public static CrashPlan of(FileSystem fileSystem, long seed) {
        return new CrashPlan(
                fileSystem,
                Math.max(LEAST_BYTES, fileSystem.minimumBytes()),
                512,
                List.of(),
                10,
                10,
                Recovery.UNDISTURBED,
                seed,
                Duration.ofMillis(5),
                Duration.ofMillis(300),
                Duration.ofMinutes(1),
                Optional.empty());
    }

    /** A copy with so many recordings. */
    public CrashPlan withRuns(int more) {
        return new CrashPlan(
                fileSystem,
                sizeBytes,
                sectorSizeBytes,
                mountOptions,
                more,
                imagesPerRun,
                recovery,
                seed,
                earliestCut,
                latestCut,
                patience,
                keepIn);
    }

    /** A copy with so many states of each recording. */
    public CrashPlan withImagesPerRun(int more) {
        return new CrashPlan(
                fileSystem,
                sizeBytes,
                sectorSizeBytes,
                mountOptions,
                runs,
                more,
                recovery,
                seed,
                earliestCut,
                latestCut,
                patience,
                keepIn);
    }

    /** A copy that does this with recoveries. */
    public CrashPlan withRecovery(Recovery other) {
        return new CrashPlan(
                fileSystem,
                sizeBytes,
                sectorSizeBytes,
                mountOptions,
                runs,
                imagesPerRun,
                other,
                seed,
                earliestCut,
                latestCut,
                patience,
                keepIn);
    }

    /** A copy that keeps the evidence in a folder. */
    public CrashPlan keepingIn(Path folder) {
        return new CrashPlan(
                fileSystem,
                sizeBytes,
                sectorSizeBytes,
                mountOptions,
                runs,
                imagesPerRun,
                recovery,
                seed,
                earliestCut,
                latestCut,
                patience,
                Optional.of(folder));
    }

    /** The mount options as {@link CrashDisk#mount} takes them. */
    String[] mountOptionArray() {
        return mountOptions.toArray(String[]::new);
    }
}
