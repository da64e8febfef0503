package dev.nori.wal.cli;

import dev.nori.wal.IoMode;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Engines as people write them: {@code auto}, {@code direct}, {@code buffered}, {@code nio}. */
final class Engines implements ITypeConverter<IoMode> {
    @Override
    public IoMode convert(String text) {
        for (IoMode mode : IoMode.values()) {
            if (inWords(mode).equals(text)) return mode;
        }
        throw new TypeConversionException("'" + text + "' is not an engine: auto, direct, buffered or nio");
    }

    /** The way back: what {@link #convert} reads. */
    static String inWords(IoMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
