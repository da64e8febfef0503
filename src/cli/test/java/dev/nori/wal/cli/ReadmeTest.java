package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
    private static final Pattern PROGRAM =
            Pattern.compile("```java\n(.*?public class (\\w+).*?)```.*?```text\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    private final Path repository = repository();

    @TempDir
    private Path directory;

    @Test
    void printsAFirstProgramThatCompilesAndPrintsWhatItSays() throws IOException, InterruptedException {
        Matcher program = PROGRAM.matcher(readme());
        assertTrue(program.find(), "no program followed by its output");
        Path source = Files.writeString(directory.resolve(program.group(2) + ".java"), program.group(1));
        String classPath = System.getProperty("java.class.path");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-Xlint:all",
                        "-Werror",
                        "-cp",
                        classPath,
                        "-d",
                        directory.toString(),
                        source.toString());
        assertEquals(0, compiled, "it does not compile");
        assertEquals(program.group(3), outputOf(program.group(2), classPath));
    }

    @Test
    void linksToFilesThatAreThere() throws IOException {
        List<String> missing = LINK.matcher(readme())
                .results()
                .map(link -> link.group(1))
                .filter(link -> !Files.exists(repository.resolve(link)))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void namesTheVersionOfThisBuild() throws IOException {
        String pom = Files.readString(repository.resolve("pom.xml"));
        Matcher version = Pattern.compile("<version>(.*?)</version>").matcher(pom);
        assertTrue(version.find());
        assertTrue(readme().contains("<version>" + version.group(1) + "</version>"), version.group(1));
    }

    @Test
    void namesOnlyTargetsThatMakeHas() throws IOException {
        String makefile = Files.readString(repository.resolve("Makefile"));
        List<String> missing = Pattern.compile("`?make ([a-z-]+)")
                .matcher(readme())
                .results()
                .map((MatchResult target) -> target.group(1))
                .filter(target -> !makefile.contains("\n" + target + ":"))
                .toList();
        assertEquals(List.of(), missing);
    }

    private String outputOf(String mainClass, String classPath) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                directory + System.getProperty("path.separator") + classPath,
                mainClass));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return output;
    }

    private String readme() throws IOException {
        return Files.readString(repository.resolve("README.md"));
    }

    private static Path repository() {
        Path directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.exists(directory.resolve("README.md"))) directory = directory.getParent();
        if (directory == null)
            throw new AssertionError("no README.md above " + Path.of("").toAbsolutePath());
        return directory;
    }
}
