package dev.nori.wal.assembly;

import dev.nori.wal.WalException;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.read.LogSource;
import dev.nori.wal.recover.Recovered;
import dev.nori.wal.recover.Recovery;
import dev.nori.wal.segment.PreparedSegment;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges the rooms of a running log for others, which is how its end is cut: like a close and an open, but lock and mapping stay. The
 * intention is durable before anything is changed, and it is the recovery of every open that carries it out: a crash at any moment ends
 * where the call would have ended.
 */
final class Exchange {
    /** Readers beyond this position have lost their place: all of them. */
    static final long ALL = -1;

    private final House house;
    private final Rooms old;
    private final @Nullable PreparedSegment inHand;

    /**
     * An exchange of rooms into which nobody appends any more.
     *
     * @param inHand the segment with which the new ones begin, if they must not be in want of one
     */
    Exchange(House house, Rooms old, @Nullable PreparedSegment inHand) {
        this.house = house;
        this.old = old;
        this.inHand = inHand;
    }

    /**
     * Carries it out.
     *
     * @param intention what is to become of the log
     * @param cut readers beyond that position have lost their place
     * @param closed whether the log was closed
     * @throws WalException.Failed if that failed: the old rooms are of no use any more, either
     */
    Rooms run(UnaryOperator<ControlSlot> intention, long cut, BooleanSupplier closed) {
        try {
            old.gate().awaitDurable(old.stage().committed());
            LogSource left = old.readers().source();
            left.succession().begin();
            old.stage().wakeFollowers();
            old.closing().run();
            old.stage().failure().check(); // what nobody has met yet is not left behind with the rooms
            house.control().change(intention);
            Rooms next = open(closed);
            house.noteBegun();
            left.succession().end(next.readers().source(), cut, next.openedAt());
            return next;
        } catch (IoFailure | RuntimeException | Error e) {
            if (inHand != null) inHand.file().close();
            old.stage().fail(e);
            throw old.stage().failure().asException();
        }
    }

    private Rooms open(BooleanSupplier closed) throws IoFailure {
        long logId = house.control().current().logId();
        Recovered found = Recovery.runAgain(house.storage(), logId);
        house.control().adopt(found.control());
        house.pins().forceTo(found.firstId());
        return Rooms.open(house, found, inHand, old.total(), closed);
    }
}
