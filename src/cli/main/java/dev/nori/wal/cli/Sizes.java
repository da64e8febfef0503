package dev.nori.wal.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes as people write them: binary units, {@code 64MiB} or {@code 64M} or {@code 67108864}. */
final class Sizes implements ITypeConverter<Long> {
    private static final String UNITS = "KMGT";
    private static final int STEP = 1024;
    private static final Pattern SIZE =
            Pattern.compile("(\\d{1,12})\\s*(?:([KMGT])(?:iB)?|B)?", Pattern.CASE_INSENSITIVE);

    @Override
    public Long convert(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            throw new TypeConversionException("'" + text + "' is not a size such as 64MiB, 512KiB or 1048576");
        }
        long bytes = Long.parseLong(size.group(1));
        if (size.group(2) == null) return bytes;
        int power = UNITS.indexOf(Character.toUpperCase(size.group(2).charAt(0))) + 1;
        try {
            return Math.multiplyExact(bytes, 1L << (10 * power));
        } catch (ArithmeticException e) {
            throw new TypeConversionException("'" + text + "' is more than a file can hold");
        }
    }

    /** {@code 1.2 MiB}, {@code 17 B}. */
    static String inWords(long bytes) {
        if (bytes < STEP) return bytes + " B";
        double amount = bytes;
        int unit = -1;
        while (amount >= STEP && unit < UNITS.length() - 1) {
            amount /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %siB", amount, UNITS.charAt(unit));
    }
}
