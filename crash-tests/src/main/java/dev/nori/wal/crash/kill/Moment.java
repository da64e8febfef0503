package dev.nori.wal.crash.kill;

/** When a worker is killed. */
enum Moment {
    /** Some time while it appends. */
    RANDOM,
    /** Right after an acknowledgement that it waits behind. */
    AFTER_ACK,
    /** While it appends records so large that it rolls all the time. */
    ROLL,
    /** While it opens the log. */
    OPENING,
    /** While it closes the log. */
    CLOSING,
    /** After an acknowledgement, but first another process tries to open the log, and must be refused. */
    SECOND_OPENER
}
