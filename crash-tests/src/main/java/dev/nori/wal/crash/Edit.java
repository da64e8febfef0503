package dev.nori.wal.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A change of one source file.
 *
 * @param file below the source folder, as {@code dev/nori/wal/handoff/Stage.java}
 * @param find text that is there exactly once
 * @param replace what stands there instead
 */
public record Edit(String file, String find, String replace) {
    /**
     * The file's text with the change.
     *
     * @throws IOException if the text is not there exactly once: the library has changed, and the mutant must follow it
     */
    String applied(Path sources) throws IOException {
        return applied(Files.readString(sources.resolve(file)));
    }

    /** The text with the change. */
    String applied(String text) throws IOException {
        int first = text.indexOf(find);
        if (first < 0) throw new IOException(file + " does not contain \"" + find + "\"");
        if (text.indexOf(find, first + 1) >= 0)
            throw new IOException(file + " contains \"" + find + "\" more than once");
        return text.substring(0, first) + replace + text.substring(first + find.length());
    }
}
