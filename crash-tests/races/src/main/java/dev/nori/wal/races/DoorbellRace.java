package dev.nori.wal.races;

import dev.nori.wal.handoff.Doorbell;
import dev.nori.wal.handoff.Stage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A caller commits and rings if it must, the worker is about to sleep: it sees the work, or it is rung. */
@JCStressTest
@Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "The worker sleeps over work: a lost wake-up.")
@Outcome(expect = Expect.ACCEPTABLE, desc = "The worker sees the work, or is rung, or both.")
@State
public class DoorbellRace {
    private static final long END = 8;
    private static final VarHandle RUNG = rung();

    private final Stage stage = Stages.fresh();
    private final Doorbell bell = stage.writerBell();
    private final ReentrantLock turn = new ReentrantLock();

    private static VarHandle rung() {
        try {
            return MethodHandles.privateLookupIn(Doorbell.class, MethodHandles.lookup())
                    .findVarHandle(Doorbell.class, "rung", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** As {@code Appender} does it: the commit during the turn, the bell after it. */
    @Actor
    public void caller() {
        turn.lock();
        try {
            stage.commit(END);
        } finally {
            turn.unlock();
        }
        bell.ringFor(END);
    }

    /** As {@code Writer.rest} does it, up to the moment before it sleeps. */
    @Actor
    public void worker(ZZ_Result result) {
        bell.wakeFrom(0);
        result.r1 = stage.committed() == END;
    }

    /** Whether the sleep would return at once. */
    @Arbiter
    public void arbiter(ZZ_Result result) {
        result.r2 = (boolean) RUNG.getVolatile(bell);
    }
}
