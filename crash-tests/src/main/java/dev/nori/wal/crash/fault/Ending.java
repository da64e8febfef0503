package dev.nori.wal.crash.fault;

/** What happens once a device has failed. */
enum Ending {
    /** The power is cut. */
    CUT,
    /** Another process opens the log while the kernel still has its pages; then the power is cut. */
    REOPEN,
    /** The device works for the worker and is cut under it; it fails under the process that recovers, and is cut again. */
    FAIL_RECOVERY,
    /** The device does not fail, it is slow; then the power is cut. */
    SLOW
}
