package dev.nori.wal.crash.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Builds the states in which a power cut may leave a disk.
 *
 * <p>Everything up to the last flush before the cut is kept. What was written after it is kept, lost, reordered or
 * torn, as the given {@link Tearing} allows. The choice is a function of (log, seed, cut point, subset seed)
 * alone, so a failure is replayed from these. Not safe for use by more than one thread.
 */
public final class ImageChooser {
    private final DiskLog log;
    private final long seed;
    private final Tearing tearing;
    private final DurableImages durable;

    /**
     * @param log what the disk did
     * @param seed the run's seed
     * @param tearing what the disk writes whole or not at all; at least a sector
     */
    public ImageChooser(DiskLog log, long seed, Tearing tearing) {
        if (tearing.unitBytes() < log.start().sectorSizeBytes()) {
            throw new IllegalArgumentException("unit below the sector: " + tearing.unitBytes());
        }
        this.log = log;
        this.seed = seed;
        this.tearing = tearing;
        this.durable = new DurableImages(log);
    }

    /** A chooser for a disk under this file system: tears at what both of them allow. */
    public ImageChooser(DiskLog log, long seed, FileSystem fileSystem) {
        this(log, seed, fileSystem.tearing(log.start().sectorSizeBytes()));
    }

    /** One legal state at the cut point; the subset seed also decides the kind of loss. */
    public CutImage choose(int cutPoint, long subsetSeed) {
        Loss[] kinds = Loss.values();
        Loss loss = kinds[random(cutPoint, subsetSeed, -1).nextInt(kinds.length)];
        return choose(cutPoint, subsetSeed, loss);
    }

    /** One legal state at the cut point, of the given kind. */
    public CutImage choose(int cutPoint, long subsetSeed, Loss loss) {
        int durableEvents = log.durableBefore(cutPoint);
        PageTable pages = new PageTable(durable.after(durableEvents));
        VolatileWrites writes = new VolatileWrites(writesBetween(durableEvents, cutPoint), tearing);
        SplittableRandom random = random(cutPoint, subsetSeed, loss.salt());
        int kept = switch (loss) {
            case ALL_LOST -> 0;
            case ALL_KEPT -> writes.keepAll(pages);
            case SOME_WRITES -> writes.keepSomeWrites(pages, random);
            case SOME_UNITS -> writes.keepSomeUnits(pages, random);
            case ANY_VERSION -> writes.keepAnyVersion(pages, random);
            case TORN -> writes.keepTornPrefix(pages, random);
        };
        return new CutImage(pages.freeze(), seed, cutPoint, subsetSeed, loss, writes.unitCount(), kept);
    }

    private List<DiskEvent.Write> writesBetween(int from, int to) {
        List<DiskEvent.Write> writes = new ArrayList<>();
        for (DiskEvent event : log.events().subList(from, to)) {
            if (event instanceof DiskEvent.Write write) writes.add(write);
        }
        return writes;
    }

    private SplittableRandom random(int cutPoint, long subsetSeed, int purpose) {
        return new SplittableRandom(Seeds.mix(Seeds.mix(Seeds.mix(seed, cutPoint), subsetSeed), purpose));
    }
}
