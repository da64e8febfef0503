package dev.nori.wal.crash;

/**
 * Where a log begins.
 *
 * @param position as {@code Wal.firstPosition} says
 * @param sequence as {@code Wal.firstSequence} says: of its first record, or of the first to come
 */
public record Front(long position, long sequence) {
    /** Of a log that nobody trimmed. */
    public static final Front OF_ALL = new Front(0, 0);

    @Override
    public String toString() {
        return "%d with sequence %d".formatted(position, sequence);
    }
}
