package dev.nori.wal.log;

import dev.nori.wal.FsyncPolicy;
import java.time.Duration;

/** The policies, each in one form. */
public enum Policy {
    ALWAYS(FsyncPolicy.always()),
    BATCH(FsyncPolicy.batch(Duration.ofMillis(5))),
    OS(FsyncPolicy.os());

    @SuppressWarnings("ImmutableEnumChecker") // a sealed set of records
    private final FsyncPolicy policy;

    Policy(FsyncPolicy policy) {
        this.policy = policy;
    }

    public FsyncPolicy fsync() {
        return policy;
    }
}
