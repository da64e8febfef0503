package dev.nori.wal.io.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nori.wal.io.contract.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path in the bytes that the kernel knows. */
class NativePathTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "with space", "100%", "%41", "a+b?c#d", "~", "-"})
    void isWhatItIsWithAZeroBehind(String name) {
        assertBytes(directory.resolve(name), name);
    }

    @Test
    void hasNoSlashBehindTheNameOfADirectory() throws Exception {
        assertBytes(Files.createDirectory(directory.resolve("folder")), "folder");
        assertEquals(2, NativePath.bytes(Path.of("/")).length);
    }

    private void assertBytes(Path path, String name) {
        assertEquals(directory + "/" + name + "\0", new String(NativePath.bytes(path), StandardCharsets.UTF_8));
    }

    /** Under the locale C a JVM cannot spell this directory, but it can be handed its path and pass it on. */
    @Test
    void surviveALocaleThatCannotSpellThem() throws Exception {
        assumeTrue(LinuxStorage.whyNot().isEmpty(), () -> LinuxStorage.whyNot().orElseThrow());
        List<String> command = new ArrayList<>(List.of("env", "LC_ALL=C", "sh", "-c"));
        command.add("mkdir \"$1/$(printf '\\303\\274')\" && shift && exec \"$@\"");
        command.addAll(List.of("sh", directory.toString()));
        command.addAll(ChildJvm.java("--enable-native-access=ALL-UNNAMED", "-cp", ChildJvm.classPath()));
        command.addAll(List.of(SpelledInC.class.getName(), directory.toString()));
        try (ChildJvm child = ChildJvm.start(command)) {
            assertEquals(List.of("created"), child.allLines());
        }
        try (var folders = Files.list(directory)) {
            assertEquals(
                    List.of("file"),
                    LinuxStorage.buffered(folders.findFirst().orElseThrow()).list());
        }
    }

    /** Creates a file in the only folder of a directory. */
    static final class SpelledInC {
        private SpelledInC() {}

        public static void main(String[] arguments) throws Exception {
            try (var folders = Files.list(Path.of(arguments[0]))) {
                LinuxStorage.buffered(folders.findFirst().orElseThrow())
                        .create("file")
                        .close();
            }
            System.out.println("created");
        }
    }
}
