package dev.nori.wal.io.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import org.junit.jupiter.api.function.Executable;

/** What a failure must look like. */
public final class Failures {
    private Failures() {}

    /** Runs {@code call}, which must fail with an {@link IoFailure} of that kind, and answers its message. */
    public static String failing(Kind kind, Executable call) {
        IoFailure failure = assertThrows(IoFailure.class, call);
        assertEquals(kind, failure.kind(), failure::toString);
        return String.valueOf(failure.getMessage());
    }

    /** Runs {@code call}, which must be refused as the caller's mistake. */
    public static void refused(Executable call) {
        assertThrows(IllegalArgumentException.class, call);
    }
}
