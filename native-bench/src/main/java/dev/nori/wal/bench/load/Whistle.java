package dev.nori.wal.bench.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Ends the work. Asking costs a plain load, which a clock would not: at 15 million appends a second that matters. */
public final class Whistle {
    private static final VarHandle BLOWN;

    static {
        try {
            BLOWN = MethodHandles.lookup().findVarHandle(Whistle.class, "blown", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // through the handle
    private boolean blown;

    /** Whether to stop. */
    public boolean isBlown() {
        return (boolean) BLOWN.getOpaque(this);
    }

    /** Stop. */
    public void blow() {
        BLOWN.setOpaque(this, true);
    }
}
