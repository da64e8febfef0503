package dev.nori.wal.cli;

import dev.nori.wal.FsyncPolicy;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Policies as people write them: {@code always}, {@code batch:5ms}, {@code os}. */
final class Policies implements ITypeConverter<FsyncPolicy> {
    private static final Pattern BATCH = Pattern.compile("batch:(\\d{1,9})(us|ms|s)");
    private static final long MICROS = 1_000;

    @Override
    public FsyncPolicy convert(String text) {
        return switch (text) {
            case "always" -> FsyncPolicy.always();
            case "os" -> FsyncPolicy.os();
            default -> batch(text);
        };
    }

    private static FsyncPolicy batch(String text) {
        Matcher batch = BATCH.matcher(text);
        if (!batch.matches()) {
            throw new TypeConversionException("'" + text + "' is not a policy: always, batch:5ms (us, ms, s) or os");
        }
        long amount = Long.parseLong(batch.group(1));
        try {
            return FsyncPolicy.batch(
                    switch (batch.group(2)) {
                        case "us" -> Duration.ofNanos(amount * MICROS);
                        case "ms" -> Duration.ofMillis(amount);
                        default -> Duration.ofSeconds(amount);
                    });
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "': the window must be more than 0 and at most 1s");
        }
    }

    /** The way back: what {@link #convert} reads. */
    static String inWords(FsyncPolicy policy) {
        return switch (policy) {
            case FsyncPolicy.Always always -> "always";
            case FsyncPolicy.Batch batch -> "batch:" + inWords(batch.window());
            case FsyncPolicy.Os os -> "os";
        };
    }

    private static String inWords(Duration window) {
        long micros = window.toNanos() / MICROS;
        return micros % MICROS == 0 ? micros / MICROS + "ms" : micros + "us";
    }
}
