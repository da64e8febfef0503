package dev.nori.wal.crash.disk;

/**
 * One legal state of a disk after a power cut, and what it takes to build it again.
 *
 * @param image the contents
 * @param seed the chooser's
 * @param cutPoint how many events of the log had happened
 * @param subsetSeed which of the legal states at this cut point
 * @param loss what happened to the volatile writes
 * @param volatileUnits units that had been written since the last flush; 0 means there is only one legal state
 * @param keptUnits how many of them do not have their durable bytes' version
 */
public record CutImage(
        DiskImage image, long seed, int cutPoint, long subsetSeed, Loss loss, int volatileUnits, int keptUnits) {
    /** What to print beside a failure. */
    public String describe() {
        return "seed=" + seed + " cut=" + cutPoint + " subset=" + subsetSeed + " loss=" + loss + " kept=" + keptUnits
                + "/" + volatileUnits;
    }
}
