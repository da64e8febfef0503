package dev.nori.wal.crash;

import java.io.IOException;
import java.nio.file.Path;

/** Starts {@link CrashWorker}s. */
public final class Workers {
    private Workers() {}

    /**
     * Starts one.
     *
     * @param scratch a folder for its temporary files, there already
     */
    public static Child<Transcript> start(MutantClasses classes, Path scratch, Workload workload) throws IOException {
        return Child.start(
                Child.briefCommand(classes.classPath(), scratch, CrashWorker.class.getName(), workload.arguments()),
                new Transcript());
    }

    /** Why one ended: what the log threw, and what it wrote to its error stream. */
    public static String words(Child<Transcript> worker) {
        return worker.reader().refusal().orElse("") + worker.complaints();
    }
}
