package dev.nori.wal.crash.fault;

import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.sys.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code RLIMIT_FSIZE}: the kernel itself makes a short write and then an error. Needs no rights. */
final class LimitPart implements FaultPart {
    private final long seed;

    LimitPart(long seed) {
        this.seed = seed;
    }

    @Override
    public String name() {
        return "file size";
    }

    @Override
    public int brief() {
        return Setting.COUNT;
    }

    @Override
    public Optional<String> missing() {
        return new Needs().linux().missing();
    }

    @Override
    public FaultOutcome run(int number, Path directory) throws IOException, InterruptedException {
        long own = Seeds.mix(seed, number);
        return new LimitTrial(Setting.ofTrial(number), MutantClasses.unchanged(), directory, own).run();
    }
}
