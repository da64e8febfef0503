package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportBrokenOffTest {
    private static final String TOO_LARGE = "x".repeat(2 << 20) + "\n";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"always", "batch:5ms", "os"})
    void keepsWhatCameBeforeALineThatIsTooLarge(String policy) {
        Cli.Outcome outcome = append(policy, "one\ntwo\n" + TOO_LARGE + "four\n");
        assertEquals(ExitCode.FINDINGS, outcome.exitCode());
        assertTrue(outcome.sentence().startsWith("line 3 "), outcome.err());
        assertTrue(outcome.sentence().endsWith("; 2 lines were acknowledged and kept."), outcome.err());
        assertEquals("", outcome.out());
        assertEquals("one\ntwo\n", cat());
    }

    @ParameterizedTest
    @ValueSource(strings = {"always", "os"})
    void tellsScriptsAsWell(String policy) {
        Cli.Outcome outcome = append(policy, "one\n" + TOO_LARGE, "--json");
        assertTrue(outcome.out().startsWith("{\"lines\":1,\"error\":\"line 2 "), outcome.out());
        assertTrue(outcome.sentence().endsWith("; 1 line was acknowledged and kept."), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"always", "batch:5ms", "os"})
    void stopsWhenNobodyReadsTheAcknowledgements(String policy) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        ClosedAfter out = new ClosedAfter(3, kept);
        byte[] in = Cli.bytes(Cli.numbers(100_000));
        Cli.Outcome outcome = Cli.run(in, out, kept, "append", directory.toString(), "--acks", "--policy", policy);
        assertEquals(ExitCode.FINDINGS, outcome.exitCode());
        assertTrue(outcome.sentence().startsWith("nobody reads the acknowledgements any more; "), outcome.err());
        String back = cat();
        assertTrue(Cli.numbers(100_000).startsWith(back), "not a prefix");
        assertTrue(back.startsWith(outcome.out()), "an acknowledged line is lost");
        assertTrue(back.length() < in.length, "it went on to the end");
    }

    private Cli.Outcome append(String policy, String lines, String... more) {
        String[] command = new String[more.length + 6];
        System.arraycopy(
                new String[] {"append", directory.toString(), "--policy", policy, "--segment-bytes", "1MiB"},
                0,
                command,
                0,
                6);
        System.arraycopy(more, 0, command, 6, more.length);
        return Cli.run(Cli.bytes(lines), command);
    }

    private String cat() {
        return Cli.run("cat", directory.toString()).out();
    }

    /** A pipe whose reader goes away after some writes. */
    private static final class ClosedAfter extends java.io.OutputStream {
        private final ByteArrayOutputStream kept;
        private int writesLeft;

        ClosedAfter(int writes, ByteArrayOutputStream kept) {
            this.writesLeft = writes;
            this.kept = kept;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (writesLeft-- <= 0) throw new IOException("the reader is gone");
            kept.write(bytes, offset, length);
        }
    }
}
