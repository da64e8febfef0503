package dev.nori.wal.crash.disk;

/**
 * What a disk writes whole or not at all, even when the power goes.
 *
 * <p>A sector is, on every disk. A file system may need more: the super block of ext4 is 1,024 bytes under one checksum
 * and is overwritten in place, so if it tears the file system cannot be mounted. That is between ext4 and the
 * disk and no fault of a program; so a range of the disk can be made a unit of its own.
 *
 * @param unitBytes a power of two, at least 512
 * @param wholeStartBytes the start of a range that does not tear, a multiple of the unit
 * @param wholeEndBytes its end, exclusive; equal to its start if there is none
 */
public record Tearing(int unitBytes, long wholeStartBytes, long wholeEndBytes) {
    public Tearing {
        if (unitBytes < 512 || Integer.bitCount(unitBytes) != 1) {
            throw new IllegalArgumentException("unit must be a power of two, at least 512: " + unitBytes);
        }
        if (wholeEndBytes < wholeStartBytes || (wholeStartBytes | wholeEndBytes) % unitBytes != 0) {
            throw new IllegalArgumentException("not whole units: " + wholeStartBytes + " to " + wholeEndBytes);
        }
    }

    /** Tears at every multiple of the unit. */
    public static Tearing at(int unitBytes) {
        return new Tearing(unitBytes, 0, 0);
    }

    /** Where the unit that this byte belongs to starts; it names the unit. */
    long unitStart(long offsetBytes) {
        return isWhole(offsetBytes) ? wholeStartBytes : offsetBytes - offsetBytes % unitBytes;
    }

    /** Where the unit that this byte belongs to ends, exclusive. */
    long unitEnd(long offsetBytes) {
        return isWhole(offsetBytes) ? wholeEndBytes : unitStart(offsetBytes) + unitBytes;
    }

    private boolean isWhole(long offsetBytes) {
        return offsetBytes >= wholeStartBytes && offsetBytes < wholeEndBytes;
    }
}
