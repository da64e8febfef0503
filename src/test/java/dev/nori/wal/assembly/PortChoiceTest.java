package dev.nori.wal.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nori.wal.IoMode;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.contract.ChildJvm;
import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.io.contract.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The choice of the engine. */
class PortChoiceTest {
    private static final String MAIN = Asking.class.getName();

    @TempDir
    Path home;

    /** Chooses in a JVM that was started in some way, and prints the outcome. */
    static final class Asking {
        private Asking() {}

        public static void main(String[] arguments) {
            try {
                PortChoice.Chosen chosen = PortChoice.open(Path.of(arguments[0]), IoMode.valueOf(arguments[1]));
                System.out.println(chosen.storage().mode() + ": " + chosen.reason());
            } catch (IoFailure e) {
                System.out.println(e.kind() + ": " + e.getMessage());
            }
        }
    }

    @Test
    void isTheBestThatWorks() throws IoFailure {
        Engine.LINUX_DIRECT.assumeWorksIn(home);
        PortChoice.Chosen chosen = PortChoice.open(home, IoMode.AUTO);
        assertEquals(IoMode.DIRECT, chosen.storage().mode());
        assertEquals("DIRECT, the best there is", chosen.reason());
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void isTheCallersIfHeWantsIt(IoMode wanted) throws IoFailure {
        Engine.LINUX_DIRECT.assumeWorksIn(home);
        PortChoice.Chosen chosen = PortChoice.open(home, wanted);
        assertEquals(wanted, chosen.storage().mode());
        assertEquals(wanted + ", as configured", chosen.reason());
    }

    @Test
    void createsTheDirectoryAndWhatIsMissingAboveIt() throws IoFailure {
        Path directory = home.resolve("a/b/c");
        PortChoice.open(directory, IoMode.NIO).storage().create("file").close();
        PortChoice.open(directory, IoMode.NIO)
                .storage()
                .open("file", dev.nori.wal.io.Storage.Access.READ)
                .close();
    }

    @Test
    void failsWhereAFileIsInTheWay() throws Exception {
        Path file = Files.createFile(home.resolve("file"));
        assertEquals(
                Kind.EXISTS,
                assertThrows(IoFailure.class, () -> PortChoice.open(file, IoMode.NIO))
                        .kind());
        Path below = file.resolve("below");
        assertThrows(IoFailure.class, () -> PortChoice.open(below, IoMode.NIO));
    }

    @Test
    void goesThroughThePageCacheWhereDirectIsRefused() throws Exception {
        Engine.LINUX_BUFFERED.assumeWorksIn(home);
        try (SmallDisk disk = SmallDisk.mount(SmallDisk.Type.RAMFS, home)) {
            PortChoice.Chosen chosen = PortChoice.open(disk.directory(), IoMode.AUTO);
            assertEquals(IoMode.BUFFERED, chosen.storage().mode());
            assertTrue(chosen.reason().contains("O_DIRECT") && chosen.reason().contains("EINVAL"), chosen.reason());
            IoFailure refused = assertThrows(IoFailure.class, () -> PortChoice.open(disk.directory(), IoMode.DIRECT));
            assertEquals(Kind.UNSUPPORTED, refused.kind());
        }
    }

    @Test
    void isNioWithoutAWordFromTheJvmWhereNativeAccessIsNotEnabled() throws Exception {
        assertEquals(
                List.of("NIO: NIO, because native access is not enabled; add --enable-native-access=ALL-UNNAMED"),
                ask(ChildJvm.java("-cp", ChildJvm.classPath(), MAIN), IoMode.AUTO));
    }

    @Test
    void namesTheModuleInTheFlagWhereThereIsOne() throws Exception {
        assertEquals(
                List.of("NIO: NIO, because native access is not enabled; add --enable-native-access=dev.nori.wal"),
                ask(asModule(), IoMode.AUTO));
    }

    @Test
    void isTheBestAgainWithTheFlagThatItNames() throws Exception {
        Engine.LINUX_DIRECT.assumeWorksIn(home);
        List<String> best = List.of("DIRECT: DIRECT, the best there is");
        assertEquals(best, ask(asModule("--enable-native-access=dev.nori.wal"), IoMode.AUTO));
        assertEquals(
                best,
                ask(
                        ChildJvm.java("--enable-native-access=ALL-UNNAMED", "-cp", ChildJvm.classPath(), MAIN),
                        IoMode.AUTO));
    }

    @Test
    void letsTheJvmWarnWhereItIsForced() throws Exception {
        Engine.LINUX_BUFFERED.assumeWorksIn(home);
        List<String> lines = ask(ChildJvm.java("-cp", ChildJvm.classPath(), MAIN), IoMode.BUFFERED);
        assertEquals("BUFFERED: BUFFERED, as configured", lines.getLast());
    }

    @Test
    void saysWhichFlagIsMissingWhereItIsForcedAndDenied() throws Exception {
        assumeTrue(Runtime.version().feature() >= 24, "native access cannot be denied before JDK 24");
        Engine.LINUX_BUFFERED.assumeWorksIn(home);
        for (IoMode wanted : List.of(IoMode.DIRECT, IoMode.BUFFERED)) {
            List<String> command = ChildJvm.java("--illegal-native-access=deny", "-cp", ChildJvm.classPath(), MAIN);
            String answer = ask(command, wanted).getLast();
            assertTrue(answer.startsWith("UNSUPPORTED: "), answer);
            assertTrue(answer.contains("perhaps --enable-native-access=ALL-UNNAMED is missing"), answer);
        }
    }

    private static List<String> asModule(String... flags) {
        List<String> command = ChildJvm.java(flags);
        command.addAll(List.of("-p", ChildJvm.home(LogFile.class).toString()));
        command.addAll(List.of("--patch-module", "dev.nori.wal=" + ChildJvm.home(PortChoiceTest.class)));
        command.addAll(List.of("-m", "dev.nori.wal/" + MAIN));
        return command;
    }

    private List<String> ask(List<String> command, IoMode wanted) throws Exception {
        command.addAll(List.of(home.resolve("asked").toString(), wanted.toString()));
        try (ChildJvm child = ChildJvm.start(command)) {
            return child.allLines();
        }
    }
}
