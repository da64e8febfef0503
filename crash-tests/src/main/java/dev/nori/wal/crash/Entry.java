package dev.nori.wal.crash;

/**
 * A record that came back.
 *
 * @param sequence the number the log gives it
 * @param position where it starts
 * @param id which it says it is
 * @param intact whether every byte is what was appended
 */
public record Entry(long sequence, long position, RecordId id, boolean intact) {
    /** The writer of a record that does not even say which it is. */
    public static final int NOBODY = -1;

    @Override
    public String toString() {
        return "%s, sequence %d at %d%s".formatted(id, sequence, position, intact ? "" : ", damaged");
    }
}
