package dev.nori.wal.io.sim;

import java.util.List;

/**
 * One step of the disk's history: a call begins or ends.
 *
 * @param op the call; the same object at its begin and at its end
 * @param phase which of the two
 * @param effect what the call does when it ends; differs from {@code op} only for a write whose buffer was
 *     changed while it was under way
 * @param stores what was stored into mapped memory since the event before
 */
record Event(Op op, Phase phase, Op effect, List<Store> stores) {
    enum Phase {
        BEGIN,
        END
    }

    /** One page of mapped memory as it was found. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Store(int inode, long offsetBytes, byte[] page) {}
}
