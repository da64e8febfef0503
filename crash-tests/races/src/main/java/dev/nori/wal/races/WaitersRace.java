package dev.nori.wal.races;

import dev.nori.wal.handoff.Stage;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A caller enters to wait while the durable position moves: it sees that it moved, or it is released. */
@JCStressTest
@Outcome(
        id = "false, false",
        expect = Expect.FORBIDDEN,
        desc = "The caller waits and nobody will wake it: a lost waiter.")
@Outcome(expect = Expect.ACCEPTABLE, desc = "The caller sees the position, or is released, or both.")
@State
public class WaitersRace {
    private static final long END = 8;

    private final Stage stage = Stages.fresh();

    public WaitersRace() {
        stage.claim(END);
        stage.commit(END);
        stage.wroteTo(END);
    }

    @Actor
    public void caller(ZZ_Result result) {
        stage.waiters().enter(END);
        result.r1 = stage.durable() == END;
    }

    @Actor
    public void writer() {
        stage.durableTo(END);
    }

    /** Whether the caller was taken off the stack, which is when it is unparked. */
    @Arbiter
    public void arbiter(ZZ_Result result) {
        result.r2 = stage.waiters().isEmpty();
    }
}
