package dev.nori.wal.crash.sim;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.explore.Explorer;
import dev.nori.wal.explore.Script;
import dev.nori.wal.explore.Step;
import dev.nori.wal.io.sim.SimOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/** How many crash states L4 judges in a second of one processor: one script with rolls, again and again, until the compiler is warm. */
public final class SimulationSpeed {
    private static final long STATES_PER_POINT = 4096;
    private static final double NANOS = 1e9;

    private static final Script SCRIPT = Script.of(
            FsyncPolicy.always(),
            new Step.Append(9000),
            new Step.Append(9000),
            new Step.AppendAsync(9000),
            new Step.AppendAsync(9000),
            new Step.Append(100),
            new Step.Tick(Duration.ofMillis(20)),
            new Step.Append(3000),
            new Step.Sync());

    private SimulationSpeed() {}

    /** Argument: how many rounds. */
    public static void main(String[] arguments) {
        int rounds = Integer.parseInt(arguments[0]);
        for (int seed = 0; seed < rounds; seed++) round(seed);
    }

    private static void round(long seed) {
        Explorer explorer = new Explorer(STATES_PER_POINT, 0);
        long began = processorNanos();
        explorer.explore(SCRIPT, SimOptions.defaults().withMode(IoMode.DIRECT), seed);
        double seconds = (processorNanos() - began) / NANOS;
        if (!explorer.findings().equals(List.of()))
            throw new AssertionError(explorer.findings().toString());
        System.out.printf(
                "seed %d: %,d states judged in %.2f s of processor time, %,.0f a second; %,d of them differed and were recovered from, %,.0f a second%n",
                seed,
                explorer.states(),
                seconds,
                explorer.states() / seconds,
                explorer.recoveries(),
                explorer.recoveries() / seconds);
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
