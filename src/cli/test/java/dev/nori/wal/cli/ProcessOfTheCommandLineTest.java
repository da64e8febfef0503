package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nori.wal.Verdict;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ProcessOfTheCommandLineTest {
    private static final int TERMINATED = 143;
    private static final int KILLED = 137;

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void leaveNoProcessBehind() {
        started.forEach(process -> process.toHandle().destroyForcibly());
    }

    @ParameterizedTest
    @ValueSource(strings = {"always", "batch:5ms", "os"})
    void closesTheLogInOrderWhenItIsTerminated(String policy) throws IOException, InterruptedException {
        Process append = start(Cli.command("append", log(), "--policy", policy, "--acks", "--verbose"));
        sendAndAwait(append, 1_000);
        append.toHandle().destroy();
        assertEquals(TERMINATED, append.waitFor());
        assertTrue(err(append).contains("appended  1,000 lines"), err(append));
        try (Wal wal = Wal.open(Path.of(log()), WalConfig.defaults())) {
            assertEquals(new Verdict.Clean(), wal.recovery().verdict());
        }
        assertEquals(Cli.numbers(1_000), Cli.run("cat", log()).out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"always", "batch:5ms", "os"})
    void leavesEveryAcknowledgedLineWhenItIsKilled(String policy) throws IOException, InterruptedException {
        Process append = start(Cli.command("append", log(), "--policy", policy, "--acks"));
        sendAndAwait(append, 1_000);
        append.toHandle().destroyForcibly();
        assertEquals(KILLED, append.waitFor());
        Cli.Outcome cat = Cli.run("cat", log());
        assertEquals(Cli.numbers(1_000), cat.out());
        assertEquals("", cat.err());
    }

    @Test
    void namesTheProcessThatHasTheLog() throws IOException, InterruptedException {
        Process append = start(Cli.command("append", log(), "--acks"));
        sendAndAwait(append, 1);
        Cli.Outcome cat = Cli.run("cat", log());
        assertEquals(ExitCode.CANNOT_OPEN, cat.exitCode());
        assertTrue(cat.sentence().contains(Long.toString(append.pid())), cat.err());
    }

    @Test
    void endsQuietlyWhenItsReaderHasSeenEnough() throws IOException, InterruptedException {
        Cli.run(Cli.bytes(Cli.numbers(200_000)), "append", log());
        Process cat = start(Cli.command("cat", log()));
        try (BufferedReader reader = cat.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("1", reader.readLine());
        }
        assertEquals(ExitCode.FINE, cat.waitFor());
        assertEquals("", err(cat));
    }

    @Test
    void saysWhenTheDiskUnderItsOutputIsFull() throws IOException, InterruptedException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "there is no /dev/full here");
        Cli.run(Cli.bytes("one\n"), "append", log());
        Process cat = start(new ProcessBuilder(Cli.command("cat", log())).redirectOutput(full.toFile()));
        assertEquals(ExitCode.FINDINGS, cat.waitFor());
        assertTrue(err(cat).startsWith("nori-wal: cannot write to standard output: "), err(cat));
    }

    @Test
    void saysNothingOnTheErrorStreamWhenAllIsWell() throws IOException, InterruptedException {
        Process append = start(Cli.command("append", log()));
        append.outputWriter(StandardCharsets.UTF_8).append("one\n").close();
        assertEquals(ExitCode.FINE, append.waitFor());
        assertEquals("", err(append));
    }

    @Test
    void refusesToBeginOnAFullDisk() throws IOException, InterruptedException {
        Process append = startOnSmallDisk("256k", "echo one | \"$@\" append \"$LOG\"");
        assertEquals(ExitCode.CANNOT_OPEN, append.waitFor(), err(append));
        assertTrue(err(append).matches("nori-wal: [^\n]+\\.\n"), err(append));
    }

    @Test
    void keepsWhatWasAcknowledgedWhenTheDiskFillsUp() throws IOException, InterruptedException {
        Process append = startOnSmallDisk("32m", """
                seq -f %01000.0f 1 100000 | "$@" append "$LOG" --acks --segment-bytes 1MiB > "$OUT/acks"
                code=$?
                "$@" cat "$LOG" > "$OUT/lines"
                exit $code
                """);
        assertEquals(ExitCode.FINDINGS, append.waitFor(), err(append));
        assertTrue(err(append).matches("nori-wal: the disk is full: line [^\n]+\\.\n"), err(append));
        List<String> acks = Files.readAllLines(directory.resolve("acks"));
        List<String> lines = Files.readAllLines(directory.resolve("lines"));
        assertTrue(acks.size() > 1_000, "only " + acks.size() + " lines fit");
        assertEquals(acks.size(), lines.size());
        for (int n = 0; n < lines.size(); n++) assertEquals(n + 1, Integer.parseInt(lines.get(n)));
    }

    private String log() {
        return directory.resolve("log").toString();
    }

    private Process start(List<String> command) throws IOException {
        return start(new ProcessBuilder(command));
    }

    private Process start(ProcessBuilder command) throws IOException {
        Process process = command.redirectError(errors().toFile()).start();
        started.add(process);
        return process;
    }

    /**
     * Runs a shell script on a disk of its own, which goes away with it: {@code "$@"} is the command line,
     * {@code "$LOG"} a log on that disk, {@code "$OUT"} a directory that stays.
     */
    private Process startOnSmallDisk(String size, String script) throws IOException, InterruptedException {
        Path disk = Files.createDirectories(directory.resolve("disk"));
        String mount = "mount -t tmpfs -o size=" + size + " tmpfs '" + disk + "'";
        assumeTrue(succeeds("unshare", "--mount", "sh", "-c", mount), "not allowed to mount a small disk");
        List<String> command = new ArrayList<>(
                List.of("unshare", "--mount", "sh", "-c", mount + " || exit 99\n" + script, "nori-wal"));
        command.addAll(Cli.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LOG", disk.resolve("log").toString());
        builder.environment().put("OUT", directory.toString());
        return start(builder);
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** Sends that many lines and leaves the pipe open; returns when the last one is acknowledged. */
    private static void sendAndAwait(Process append, int lines) throws IOException {
        OutputStream in = append.getOutputStream();
        in.write(Cli.bytes(Cli.numbers(lines)));
        in.flush();
        BufferedReader acks =
                new BufferedReader(new InputStreamReader(append.getInputStream(), StandardCharsets.US_ASCII));
        for (int n = 1; n <= lines; n++) assertEquals(Integer.toString(n), acks.readLine());
    }

    private Path errors() {
        return directory.resolve("err");
    }

    private String err(Process ended) throws IOException {
        assertTrue(!ended.isAlive());
        return Files.readString(errors());
    }
}
