package dev.nori.wal.races;

import dev.nori.wal.handoff.Stage;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A caller says that it waits for room while the writer makes some: it sees the room, or is unparked. A caller that really slept would come too late
 * for the next race; so it is a virtual thread that never runs, whose permit can be looked at.
 */
@JCStressTest
@Outcome(
        id = "false, false",
        expect = Expect.FORBIDDEN,
        desc = "The caller sleeps although there is room: a lost wake-up.")
@Outcome(expect = Expect.ACCEPTABLE, desc = "The caller sees the room, or is unparked, or both.")
@State
public class SpaceRace {
    private static final long END = 8;
    private static final VarHandle PERMIT = permit();

    private final Stage stage = Stages.fresh();
    private final Thread waiting = Thread.ofVirtual().unstarted(() -> {});

    public SpaceRace() {
        stage.claim(END);
        stage.commit(END);
    }

    private static VarHandle permit() {
        try {
            Class<?> virtual = Class.forName("java.lang.VirtualThread");
            return MethodHandles.privateLookupIn(virtual, MethodHandles.lookup())
                    .findVarHandle(virtual, "parkPermit", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** As {@code Patience} does it, up to the moment before it sleeps. */
    @Actor
    public void caller(ZZ_Result result) {
        stage.setSpaceWaiter(waiting);
        result.r1 = stage.written() == END;
    }

    @Actor
    public void writer() {
        stage.wroteTo(END);
    }

    /** Whether the sleep would return at once. */
    @Arbiter
    public void arbiter(ZZ_Result result) {
        result.r2 = (boolean) PERMIT.getVolatile(waiting);
    }
}
