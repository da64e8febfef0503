package dev.nori.wal.io.sim;

import dev.nori.wal.io.IoFailure;
import java.util.function.UnaryOperator;

/** A call that has begun: what it does is done when it ends, and until then a sync does not cover it. */
public final class PendingCall {
    private final SimDisk disk;
    private final int caller;
    private final Op op;
    private final UnaryOperator<Op> atEnd;
    private boolean ended;

    PendingCall(SimDisk disk, int caller, Op op, UnaryOperator<Op> atEnd) {
        this.disk = disk;
        this.caller = caller;
        this.op = op;
        this.atEnd = atEnd;
    }

    /** What was asked for. */
    public Op op() {
        return op;
    }

    /**
     * Lets the call take effect.
     *
     * @throws IoFailure if the process was killed meanwhile; the call had no effect
     */
    public void end() throws IoFailure {
        if (ended) throw new IllegalStateException("ended already: " + op);
        ended = true;
        disk.end(this);
    }

    int caller() {
        return caller;
    }

    Op effect() {
        return atEnd.apply(op);
    }
}
