package dev.nori.wal.races;

import dev.nori.wal.handoff.Stage;
import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/** A reader copies out of the ring what a caller, once round, is storing over: it gets the old bytes, or is told that they are gone. */
@JCStressTest
@Outcome(id = "true, 7", expect = Expect.ACCEPTABLE, desc = "The bytes of that position.")
@Outcome(id = "false, .*", expect = Expect.ACCEPTABLE, desc = "Gone: they are read from the file instead.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The reader takes the bytes of another position for those.")
@State
public class CopyOutRace {
    private static final long END = 8;

    private final Stage stage = Stages.fresh();
    private final long[] taken = {0};

    public CopyOutRace() {
        stage.claim(END);
        stage.ring().putLong(0, 7);
        stage.commit(END);
        stage.wroteTo(END);
    }

    @Actor
    public void caller() {
        stage.claim(Stages.RING_BYTES + END);
        stage.ring().putLong(Stages.RING_BYTES, 8);
    }

    @Actor
    public void reader(ZJ_Result result) {
        result.r1 = stage.copyOut(0, MemorySegment.ofArray(taken), 0, Long.BYTES);
        result.r2 = taken[0];
    }
}
