package dev.nori.wal.io.linux;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * A path as the C library wants it: bytes that end in zero.
 *
 * <p>A {@link Path} on Linux is bytes too, but shows them only through the charset of the locale, which may
 * not be able to say them all. Its URI can: there every byte that is not plain is written as a number.
 */
final class NativePath {
    private NativePath() {}

    static MemorySegment of(Arena arena, Path path) {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes(path));
    }

    /** The bytes of the absolute path, and a zero. */
    static byte[] bytes(Path path) {
        String uri = path.toUri().getRawPath();
        // A URI of a directory ends in a slash, with which rename and unlink would mean something else.
        int end = uri.length() > 1 && uri.endsWith("/") ? uri.length() - 1 : uri.length();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < end; i++) {
            boolean number = uri.charAt(i) == '%';
            bytes.write(number ? Integer.parseInt(uri, i + 1, i + 3, 16) : uri.charAt(i));
            if (number) i += 2;
        }
        bytes.write(0);
        return bytes.toByteArray();
    }
}
