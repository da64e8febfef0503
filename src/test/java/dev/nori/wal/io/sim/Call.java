package dev.nori.wal.io.sim;

/** The calls of the port that {@link FaultyStorage} can tell apart. */
public enum Call {
    LIST,
    CREATE,
    OPEN,
    RENAME,
    DELETE,
    SYNC_DIRECTORY,
    MAP,
    LOCK,
    FREE_BYTES,
    SIZE,
    WRITE,
    WRITE_DURABLY,
    SYNC,
    READ,
    ALLOCATE,
    TRUNCATE,
    /** The write-back of a mapping. */
    SYNC_MAP;

    /** Whether a caller could not tell a call that was left out from one that was made. */
    boolean canBePretended() {
        return switch (this) {
            case RENAME, DELETE, SYNC_DIRECTORY, WRITE, WRITE_DURABLY, SYNC, ALLOCATE, TRUNCATE, SYNC_MAP -> true;
            case LIST, CREATE, OPEN, MAP, LOCK, FREE_BYTES, SIZE, READ -> false;
        };
    }
}
