package dev.nori.wal;

/**
 * A place in the log: bytes since its first byte ever. Grows, never repeats, outlives segments.
 *
 * <p>Positions order like their numbers. The difference of two positions is the space the log used
 * between them, frame headers and padding included; it is not a count of records (that is what
 * sequence numbers are for).
 *
 * @param bytes at least 0
 */
public record Position(long bytes) implements Comparable<Position> {
    /** The first byte ever. A log that was trimmed at the front no longer holds it. */
    public static final Position START = new Position(0);

    /** Checks that the number can be a position. */
    public Position {
        if (bytes < 0) throw new IllegalArgumentException("position must be >= 0: " + bytes);
    }

    @Override
    public int compareTo(Position other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return "@" + bytes;
    }
}
