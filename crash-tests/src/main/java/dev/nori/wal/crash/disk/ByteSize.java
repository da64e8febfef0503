package dev.nori.wal.crash.disk;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a size as people write it: {@code 128M}, {@code 1G}, {@code 65536}. Units are powers of 1,024. */
final class ByteSize implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        int shift = upper.isEmpty() ? 0 : shift(upper.charAt(upper.length() - 1));
        String digits = shift == 0 ? upper : upper.substring(0, upper.length() - 1);
        try {
            return Math.multiplyExact(Long.parseLong(digits), 1L << shift);
        } catch (NumberFormatException | ArithmeticException wrong) {
            throw new TypeConversionException("a size is a number with K, M or G behind it, such as 128M: " + text);
        }
    }

    private static int shift(char unit) {
        return switch (unit) {
            case 'K' -> 10;
            case 'M' -> 20;
            case 'G' -> 30;
            default -> 0;
        };
    }
}
