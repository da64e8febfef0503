package dev.nori.wal.crash;

/** Where a log may begin. */
sealed interface Beginning {
    /** Where it began before, or at the end of some segment that was asked to go. */
    record Between(Front from, long most) implements Beginning {}

    /** Behind all there was, with a number that was asked for. */
    record Anew(long position, long sequence) implements Beginning {}

    static Beginning at(Front front) {
        return new Between(front, front.position());
    }

    default boolean allows(Front found) {
        return switch (this) {
            case Between(Front from, long most) ->
                found.equals(from)
                        || (found.position() > from.position()
                                && found.position() <= most
                                && found.sequence() >= from.sequence());
            case Anew(long position, long sequence) -> found.position() >= position && found.sequence() == sequence;
        };
    }

    /** In words. */
    default String inWords() {
        return switch (this) {
            case Between(Front from, long most) when most == from.position() -> "at " + from;
            case Between(Front from, long most) -> "between " + from + " and " + most;
            case Anew(long position, long sequence) -> "behind " + position + " with sequence " + sequence;
        };
    }
}
