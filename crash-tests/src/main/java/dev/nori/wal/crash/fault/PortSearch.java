package dev.nori.wal.crash.fault;

import dev.nori.wal.crash.MutantClasses;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Carries out a plan of the port in this process. What crosses from one loader's classes to another's is a number and a
 * text.
 */
public final class PortSearch implements IntFunction<String> {
    private static final long SEED = 1;

    /** For {@link #in}, which makes one through another loader. */
    public PortSearch() {}

    /** What the plan of that trial finds with those classes. */
    static Optional<String> in(MutantClasses classes, int trial) throws IOException {
        try {
            Object search = classes.newLoader()
                    .loadClass(PortSearch.class.getName())
                    .getConstructor()
                    .newInstance();
            Object found = ((IntFunction<?>) search).apply(trial);
            return Optional.of(found.toString()).filter(text -> !text.isEmpty());
        } catch (ReflectiveOperationException e) {
            throw new IOException("cannot run with other classes", e);
        }
    }

    /** The first finding of the plan of that trial, or an empty text. */
    @Override
    public String apply(int trial) {
        return PortPlan.ofTrial(SEED, trial).run().findings().stream()
                .findFirst()
                .orElse("");
    }
}
