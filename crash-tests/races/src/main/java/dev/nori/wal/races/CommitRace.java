package dev.nori.wal.races;

import dev.nori.wal.handoff.Stage;
import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;

/** A caller stores a frame and commits it, the writer takes what is committed: all the bytes of it are there. */
@JCStressTest
@Outcome(id = "true, 7", expect = Expect.ACCEPTABLE, desc = "Committed, and whole.")
@Outcome(id = "false, -1", expect = Expect.ACCEPTABLE, desc = "Not committed yet.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The writer would write what was not there yet.")
@State
public class CommitRace {
    private static final long END = 8;

    private final Stage stage = Stages.fresh();
    private final long[] taken = {0};

    @Actor
    public void caller() {
        stage.claim(END);
        stage.ring().putLong(0, 7);
        stage.commit(END);
    }

    @Actor
    public void writer(ZJ_Result result) {
        result.r1 = stage.committed() == END;
        if (result.r1) stage.ring().copyTo(0, MemorySegment.ofArray(taken), 0, Long.BYTES);
        result.r2 = result.r1 ? taken[0] : -1;
    }
}
