package dev.nori.wal.crash;

import dev.nori.wal.FsyncPolicy;
import java.time.Duration;
import java.util.Locale;

/** Policies as words: {@code always}, {@code batch:5ms}, {@code os}. */
public final class Policies {
    private static final String BATCH = "batch:";
    private static final String UNIT = "ms";

    private Policies() {}

    /** The word for a policy. */
    public static String inWords(FsyncPolicy policy) {
        return switch (policy) {
            case FsyncPolicy.Always always -> "always";
            case FsyncPolicy.Batch batch -> BATCH + batch.window().toMillis() + UNIT;
            case FsyncPolicy.Os os -> "os";
        };
    }

    /** The policy of a word. */
    public static FsyncPolicy of(String words) {
        String policy = words.toLowerCase(Locale.ROOT);
        if (policy.equals("always")) return FsyncPolicy.always();
        if (policy.equals("os")) return FsyncPolicy.os();
        if (policy.startsWith(BATCH) && policy.endsWith(UNIT)) {
            long millis = Long.parseLong(policy.substring(BATCH.length(), policy.length() - UNIT.length()));
            return FsyncPolicy.batch(Duration.ofMillis(millis));
        }
        throw new IllegalArgumentException("'" + words + "' is not a policy: always, batch:5ms or os");
    }
}
