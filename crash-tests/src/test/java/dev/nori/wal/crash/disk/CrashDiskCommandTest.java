package dev.nori.wal.crash.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

class CrashDiskCommandTest {
    // Appends a line and syncs it, or not, then acknowledges it; the check counts the lines.
    private static final String APPENDER =
            "i=0; while true; do i=$((i+1)); echo $i | dd of=$CRASH_DIR/log oflag=append conv=notrunc%s status=none;"
                    + " echo ACK $i; done";
    private static final String CHECK =
            "n=$(cat $CRASH_DIR/log | wc -l); echo $n of $CRASH_ACKED; test $n -ge $CRASH_ACKED";

    @TempDir
    Path folder = Path.of("");

    private final StringWriter printed = new StringWriter();

    @Test
    void findsNothingWrongWithAProgramThatSyncs() {
        Machine.requiresCrashDisk(FileSystem.EXT4);
        int status = run(
                "--runs=2",
                "--images=4",
                "--cut-again",
                "--seed=1",
                "--verify=" + CHECK,
                "--",
                "/bin/sh",
                "-c",
                APPENDER.formatted(",fsync"));
        assertEquals(0, status, printed::toString);
        assertTrue(printed.toString().contains(" 0 violations"), printed::toString);
    }

    @Test
    void catchesAProgramThatAcknowledgesWithoutASyncAndKeepsTheEvidence() throws IOException {
        Machine.requiresCrashDisk(FileSystem.EXT4);
        int status = run(
                "--runs=1",
                "--images=1",
                "--seed=1",
                "--keep=" + folder,
                "--verify=" + CHECK,
                "--",
                "/bin/sh",
                "-c",
                APPENDER.formatted(""));
        assertEquals(1, status, printed::toString);
        Path image = folder.resolve("run-0-state-1.img");
        Path again = folder.resolve("again.img");
        assertEquals(0, replay(folder.resolve("run-0-state-1.log"), again), printed::toString);
        assertEquals(-1, Files.mismatch(image, again));
    }

    @Test
    void saysThatNothingIsProvedWhenTheProgramAcknowledgesNothing() throws IOException {
        Machine.requiresCrashDisk(FileSystem.EXT4);
        assertEquals(4, run("--runs=1", "--verify=true", "--", "/bin/true"), printed::toString);
        assertTrue(printed.toString().contains("ended with status 0 before its first line ACK n"), printed::toString);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void refusesToRunWithoutACheckOrAProgram() {
        assertEquals(2, run("--", "/bin/true"));
        assertEquals(2, run("--verify=true"));
        assertEquals(2, run("--verify=true", "--fs=vfat", "--", "/bin/true"));
    }

    @Test
    void explainsItself() {
        assertEquals(0, run("--help"));
        for (String word : new String[] {"CRASH_DIR", "CRASH_ACKED", "ACK n", "--cut-again", "Exit status"}) {
            assertTrue(printed.toString().contains(word), word);
        }
    }

    @Test
    void readsSizesAsPeopleWriteThem() {
        ByteSize size = new ByteSize();
        assertEquals(128L << 20, size.convert("128M"));
        assertEquals(1L << 30, size.convert("1g"));
        assertEquals(65536, size.convert("65536"));
        assertThrows(TypeConversionException.class, () -> size.convert("M"));
        assertThrows(TypeConversionException.class, () -> size.convert("9999999999G"));
    }

    private int replay(Path log, Path image) {
        Matcher line =
                Pattern.compile("run=0 seed=(-?\\d+) cut=(\\d+) subset=(\\d+)").matcher(printed.toString());
        assertTrue(line.find(), printed::toString);
        return run(
                "replay",
                "--seed=" + line.group(1),
                "--cut=" + line.group(2),
                "--subset=" + line.group(3),
                log.toString(),
                image.toString());
    }

    private int run(String... arguments) {
        CommandLine commandLine = CrashDiskCommand.commandLine();
        commandLine.setOut(new PrintWriter(printed, true)).setErr(new PrintWriter(printed, true));
        return commandLine.execute(arguments);
    }
}
