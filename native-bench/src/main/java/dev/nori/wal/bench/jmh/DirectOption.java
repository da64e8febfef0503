package dev.nori.wal.bench.jmh;

import java.nio.file.OpenOption;

/** NIO's way to {@code O_DIRECT}, looked up by name: the compiler warns of every mention of it, and cannot be told not to. */
final class DirectOption {
    static final OpenOption DIRECT = find();

    private DirectOption() {}

    private static OpenOption find() {
        try {
            for (Object option :
                    Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
                if (option.toString().equals("DIRECT")) return (OpenOption) option;
            }
        } catch (ClassNotFoundException e) {
            throw new UnsupportedOperationException("this JDK has no ExtendedOpenOption", e);
        }
        throw new UnsupportedOperationException("this JDK has no ExtendedOpenOption.DIRECT");
    }
}
