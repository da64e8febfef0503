package dev.nori.wal.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/api.md shows is compiled and run: each block of code stands in a test of this package. */
class ApiDocumentTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void showsOnlyCodeThatStandsInATestOfThisPackage() throws IOException {
        String examples = examples();
        List<String> blocks = BLOCK.matcher(Files.readString(repository().resolve("docs/api.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertFalse(blocks.isEmpty(), "docs/api.md shows no code");
        assertEquals(
                List.of(),
                blocks.stream()
                        .filter(block -> !examples.contains(withoutSpace(block)))
                        .toList());
    }

    private static String examples() throws IOException {
        Path folder = repository().resolve("src/test/java/dev/nori/wal/examples");
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) all.append(withoutSpace(Files.readString(file)));
        }
        return all.toString();
    }

    /** Two texts that differ only in how their lines are broken and moved in are the same. */
    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("docs/api.md"))) folder = folder.getParent();
        if (folder == null)
            throw new AssertionError("no docs/api.md above " + Path.of("").toAbsolutePath());
        return folder;
    }
}
