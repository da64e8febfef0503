package dev.nori.wal.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of the repository that tests hold against what they make; with -Dnori.golden=write they write them. */
public final class KeptFiles {
    public static final String HOW_TO_WRITE =
            "to write it anew: mvn -pl :nori-wal test -Dtest='Golden*,Format*' -Dnori.golden=write";

    private KeptFiles() {}

    public static Path golden() {
        return root().resolve("src/test/resources/golden/v1");
    }

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/format.md"))) {
            folder = folder.getParent();
            if (folder == null) throw new AssertionError("tests run somewhere within the repository");
        }
        return folder;
    }

    static void check(Path file, byte[] expected) throws IOException {
        if ("write".equals(System.getProperty("nori.golden"))) Files.write(file, expected);
        assertArrayEquals(expected, Files.readAllBytes(file), () -> file + " is stale; " + HOW_TO_WRITE);
    }
}
