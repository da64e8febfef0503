package dev.nori.wal.io.linux;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A file descriptor with the number of calls that are using it.
 *
 * <p>The kernel hands a closed number to the next file that is opened. A call that still holds it would
 * then write into somebody else's file, so the number goes back only when the last call is out.
 */
final class Descriptor {
    private static final int CLOSED = Integer.MIN_VALUE;
    private static final VarHandle USERS;

    static {
        try {
            USERS = MethodHandles.lookup().findVarHandle(Descriptor.class, "users", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int fd;

    /** Calls under way, plus {@link #CLOSED} once no more may begin. */
    @SuppressWarnings("unused") // only through USERS
    private volatile int users;

    Descriptor(int fd) {
        this.fd = fd;
    }

    /**
     * Begins a call.
     *
     * @return the descriptor, to be given back with {@link #leave}; or -1 if it is closed
     */
    int enter() {
        while (true) {
            int now = (int) USERS.getVolatile(this);
            if (now < 0) return -1;
            if (USERS.compareAndSet(this, now, now + 1)) return fd;
        }
    }

    /** Ends a call. */
    void leave() {
        int before = (int) USERS.getAndAdd(this, -1);
        if (before == CLOSED + 1) giveBack();
    }

    /** Lets no more calls begin and gives the number back when the last one is out. Idempotent. */
    void close() {
        int before = (int) USERS.getAndBitwiseOr(this, CLOSED);
        if (before == 0) giveBack();
    }

    /**
     * The answer is of no use: Linux gives the number back whatever it says, so asking again could close
     * another file, and what an error might tell about the data is the business of sync.
     */
    private void giveBack() {
        Libc.close(CallState.current(), fd);
    }
}
