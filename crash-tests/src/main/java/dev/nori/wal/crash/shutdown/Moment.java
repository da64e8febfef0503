package dev.nori.wal.crash.shutdown;

/** When the file system goes down. */
enum Moment {
    /** Some time while the worker appends. */
    RANDOM,
    /** Right after an acknowledgement that the worker waits behind. */
    AFTER_ACK,
    /** Long after the last acknowledgement: a window must close itself. */
    IDLE,
    /** Long after the first acknowledgement, under load. */
    LATE,
    /** While the worker opens the log, or just after it has. */
    OPENING,
    /** Right after the worker has reported what it recovered. */
    LISTED,
    /** After the worker has closed the log. */
    CLOSED,
    /** Not at all: only the worker is killed, and the next one finds what the kernel still has. */
    KILLED
}
