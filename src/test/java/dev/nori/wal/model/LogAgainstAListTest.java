package dev.nori.wal.model;

import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.log.Policy;
import java.util.function.Supplier;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.state.ActionChain;

/**
 * Whatever is done to a log, a plain list to which the same is done holds the same. A property that fails prints its seed and the
 * shortest sequence it found; {@code @Property(seed = "...")} with that seed draws the same sequences again.
 */
class LogAgainstAListTest {
    @Provide
    Arbitrary<ActionChain<LogModel>> simulated() {
        return sequences(SimulatedHome::new);
    }

    @Provide
    Arbitrary<ActionChain<LogModel>> linuxDirect() {
        return sequences(() -> new RealHome(Engine.LINUX_DIRECT));
    }

    @Provide
    Arbitrary<ActionChain<LogModel>> linuxBuffered() {
        return sequences(() -> new RealHome(Engine.LINUX_BUFFERED));
    }

    @Provide
    Arbitrary<ActionChain<LogModel>> nio() {
        return sequences(() -> new RealHome(Engine.NIO));
    }

    private static Arbitrary<ActionChain<LogModel>> sequences(Supplier<Home> home) {
        return Deeds.sequences(() -> new LogModel(home.get()));
    }

    @Property(tries = 400, shrinking = ShrinkingMode.BOUNDED)
    void holdsTheSameOnASimulatedDisk(@ForAll("simulated") ActionChain<LogModel> sequence) {
        run(sequence);
    }

    @Property(tries = 250, shrinking = ShrinkingMode.BOUNDED)
    void holdsTheSameWithDirectCalls(@ForAll("linuxDirect") ActionChain<LogModel> sequence) {
        if (worksHere(Engine.LINUX_DIRECT)) run(sequence);
    }

    @Property(tries = 250, shrinking = ShrinkingMode.BOUNDED)
    void holdsTheSameWithBufferedCalls(@ForAll("linuxBuffered") ActionChain<LogModel> sequence) {
        if (worksHere(Engine.LINUX_BUFFERED)) run(sequence);
    }

    @Property(tries = 250, shrinking = ShrinkingMode.BOUNDED)
    void holdsTheSameWithNio(@ForAll("nio") ActionChain<LogModel> sequence) {
        run(sequence);
    }

    private static boolean worksHere(Engine engine) {
        boolean works = RealHome.placeFor(engine).isPresent();
        if (!works) System.out.println("SKIPPED " + engine + ": it works nowhere on this machine");
        return works;
    }

    private static void run(ActionChain<LogModel> sequence) {
        try {
            LogModel model =
                    sequence.withInvariant("cursors", LogModel::checkCursors).run();
            model.checkAll();
            model.killAndReopen(Policy.ALWAYS, true);
            model.reopen(Policy.OS, true);
        } finally {
            sequence.finalState().ifPresent(LogModel::discard);
        }
    }
}
