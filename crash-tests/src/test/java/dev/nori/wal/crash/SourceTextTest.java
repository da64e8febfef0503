package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTextTest {
    @TempDir
    private Path repository;

    @Test
    void isEveryLineOfEveryFileInOrder() throws IOException {
        write("b/two", "3\n\n4");
        write("a", "1\n2\n");
        assertEquals(List.of("1", "2", "3", "", "4"), lines(1));
    }

    @Test
    void leavesOutWhatIsNoText() throws IOException {
        write("picture", "\0\n\0\n");
        write("text", "1\n");
        assertEquals(List.of("1"), lines(1));
    }

    @Test
    void leavesOutWhatWasBuilt() throws IOException {
        write("target/made", "made\n");
        write("text", "1\n");
        assertEquals(List.of("1"), lines(1));
    }

    @Test
    void goesRoundAgainUntilThereIsEnough() throws IOException {
        write("text", "1\n2\n");
        assertEquals(List.of("1", "2", "2: 1", "2: 2", "3: 1", "3: 2"), lines(5));
    }

    @Test
    void isWhatGitTracksWhereThereIsGit() throws IOException, InterruptedException {
        write("tracked", "1\n");
        write("untracked", "2\n");
        assumeTrue(git("init", "-q") && git("add", "tracked"), "there is no git here");
        assertEquals(List.of("1"), lines(1));
    }

    @Test
    void cannotBeNothing() {
        assertThrows(IOException.class, () -> lines(1));
    }

    private List<String> lines(int atLeast) throws IOException {
        return SourceText.linesOf(repository, atLeast).stream()
                .map(line -> new String(line, StandardCharsets.UTF_8))
                .toList();
    }

    private void write(String name, String content) throws IOException {
        Path file = repository.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, content);
    }

    private boolean git(String... arguments) throws InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command)
                            .directory(repository.toFile())
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noGit) {
            return false;
        }
    }
}
