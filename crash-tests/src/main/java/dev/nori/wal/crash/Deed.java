package dev.nori.wal.crash;

/** A call that changes a log otherwise than by an append: one for each kind of {@link Upkeep} that does. */
public sealed interface Deed {
    /** The front is trimmed away up to a position, in whole segments. */
    record TruncateBefore(long position) implements Deed {}

    /** Everything at or after a position is cut off. */
    record TruncateAfter(long position) implements Deed {}

    /** Everything is discarded; the next record gets a number. */
    record Reset(long sequence) implements Deed {}

    /** A checkpoint at a position, with the bytes of a number. */
    record Checkpoint(long position, long note) implements Deed {}

    /** The bytes of a number are kept. */
    record SetMetadata(long note) implements Deed {}

    /** Whether no append is under way meanwhile, and those that come later take the place of those that were before. */
    default boolean takesTheEnd() {
        return switch (this) {
            case TruncateAfter cut -> true;
            case Reset reset -> true;
            case TruncateBefore trim -> false;
            case Checkpoint checkpoint -> false;
            case SetMetadata metadata -> false;
        };
    }

    /** In words that {@link #parse} understands. */
    default String inWords() {
        return switch (this) {
            case TruncateBefore(long position) -> "truncate-before " + position;
            case TruncateAfter(long position) -> "truncate-after " + position;
            case Reset(long sequence) -> "reset " + sequence;
            case Checkpoint(long position, long note) -> "checkpoint " + position + ' ' + note;
            case SetMetadata(long note) -> "metadata " + note;
        };
    }

    /** What {@link #inWords} says. */
    static Deed parse(String words) {
        String[] w = words.split(" ", -1);
        long first = w.length > 1 ? Long.parseLong(w[1]) : 0;
        return switch (w[0] + ' ' + w.length) {
            case "truncate-before 2" -> new TruncateBefore(first);
            case "truncate-after 2" -> new TruncateAfter(first);
            case "reset 2" -> new Reset(first);
            case "checkpoint 3" -> new Checkpoint(first, Long.parseLong(w[2]));
            case "metadata 2" -> new SetMetadata(first);
            default -> throw new IllegalArgumentException("not a deed: " + words);
        };
    }
}
