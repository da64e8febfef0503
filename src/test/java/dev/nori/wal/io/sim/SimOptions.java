package dev.nori.wal.io.sim;

import dev.nori.wal.IoMode;

/**
 * Which of the legal disks a {@link SimDisk} plays.
 *
 * @param mode the engine it reports; {@link IoMode#DIRECT} also enforces the alignment of 4096 bytes
 * @param sectorBytes what the device writes whole or not at all: 512, or 4096 for a 4Kn device
 * @param capacityBytes what fits; allocations and writes beyond it are refused as full
 * @param versions which contents a sector may show that was written more than once since it was durable
 * @param inFlight what a sector may show that was being written when the power went
 * @param renames whether a power cut may show half a rename
 * @param mappings which threads may use mapped memory
 */
public record SimOptions(
        IoMode mode,
        int sectorBytes,
        long capacityBytes,
        Versions versions,
        InFlight inFlight,
        Renames renames,
        Mappings mappings) {
    /** More than any test writes: such a disk never counts. */
    static final long UNLIMITED_BYTES = 1L << 40;

    /** Which unsynced contents of a place may be found after a power cut, besides the durable one. */
    public enum Versions {
        /** Every content it ever had since: the kernel may write a page back at any moment. */
        ANY,
        /** The newest only: fewer states, still legal. */
        NEWEST
    }

    /** What the device does to a sector whose write the power cut interrupts. */
    public enum InFlight {
        /** The sector is old or new. */
        ATOMIC,
        /** Bytes that the write would change may be anything; the others keep their value (powersafe overwrite). */
        GARBAGE_IN_CHANGED_BYTES,
        /** The whole sector may be anything, bytes that were durable included (no powersafe overwrite). */
        GARBAGE_IN_SECTOR
    }

    /** What a power cut may leave of a rename whose directory was not synced. */
    public enum Renames {
        /** The old name or the new one: what every journaling file system does. */
        ATOMIC,
        /**
         * Also both names for the one file. POSIX speaks of atomicity only to running processes, and a file
         * system without a journal links first and unlinks later. Losing both names stays out: no program
         * could be written against that.
         */
        LINK_THEN_UNLINK
    }

    /** Which threads may use mapped memory. */
    public enum Mappings {
        /** Any, as the port says. To end such a mapping takes about 25 µs, for every thread is asked. */
        OF_ANY_THREAD,
        /** The thread that mapped, closes and kills: for explorers that recover in one thread, and fast. */
        OF_ONE_THREAD
    }

    public SimOptions {
        if (mode == IoMode.AUTO) throw new IllegalArgumentException("a disk plays one mode, not AUTO");
        if (sectorBytes != 512 && sectorBytes != 4096) {
            throw new IllegalArgumentException("sectorBytes must be 512 or 4096: " + sectorBytes);
        }
        if (capacityBytes < 0) throw new IllegalArgumentException("capacityBytes must be >= 0: " + capacityBytes);
    }

    /** Buffered, sectors of 512 bytes, practically endless, every version, atomic sectors and renames. */
    public static SimOptions defaults() {
        return new SimOptions(
                IoMode.BUFFERED,
                512,
                UNLIMITED_BYTES,
                Versions.ANY,
                InFlight.ATOMIC,
                Renames.ATOMIC,
                Mappings.OF_ANY_THREAD);
    }

    public SimOptions withMode(IoMode other) {
        return new SimOptions(other, sectorBytes, capacityBytes, versions, inFlight, renames, mappings);
    }

    public SimOptions withSectorBytes(int other) {
        return new SimOptions(mode, other, capacityBytes, versions, inFlight, renames, mappings);
    }

    public SimOptions withCapacityBytes(long other) {
        return new SimOptions(mode, sectorBytes, other, versions, inFlight, renames, mappings);
    }

    public SimOptions withVersions(Versions other) {
        return new SimOptions(mode, sectorBytes, capacityBytes, other, inFlight, renames, mappings);
    }

    public SimOptions withInFlight(InFlight other) {
        return new SimOptions(mode, sectorBytes, capacityBytes, versions, other, renames, mappings);
    }

    public SimOptions withRenames(Renames other) {
        return new SimOptions(mode, sectorBytes, capacityBytes, versions, inFlight, other, mappings);
    }

    public SimOptions withMappings(Mappings other) {
        return new SimOptions(mode, sectorBytes, capacityBytes, versions, inFlight, renames, other);
    }

    /** What a handle for writing must align to. */
    int alignment() {
        return mode == IoMode.DIRECT ? 4096 : 1;
    }
}
