package dev.nori.wal.io.sim;

/**
 * Looks on while a {@link SimDisk} is called, from the calling thread and without the disk's lock. A hook may
 * block, or call the disk itself: that is how two calls are interleaved on purpose. An exception from
 * {@link #within} leaves the call under way for ever, like a thread that died in it.
 */
public interface CallHook {
    /** Sees nothing and does nothing. */
    CallHook NONE = new CallHook() {};

    /** The call has not begun. */
    default void before(Op op) {}

    /** The call has begun and not ended: a sync that begins now does not cover it. */
    default void within(Op op) {}

    /** The call has ended and is about to return. */
    default void after(Op op) {}
}
