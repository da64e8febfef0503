package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandNotUnderstoodTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "append DIR --polcy always | --polcy | --policy",
                "cat DIR --jsn | --jsn | --json",
                "apend DIR | apend | append",
            })
    void suggestsWhatMayHaveBeenMeant(String command, String wrong, String right) {
        Cli.Outcome outcome = Cli.run(arguments(command));
        assertEquals(ExitCode.USAGE, outcome.exitCode());
        assertTrue(outcome.sentence().contains(wrong), outcome.err());
        assertTrue(outcome.sentence().contains("Did you mean"), outcome.err());
        assertTrue(outcome.sentence().contains(right), outcome.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "append DIR --policy never | 'never' is not a policy",
                "append DIR --policy batch:2s | at most 1s",
                "append DIR --io fast | 'fast' is not an engine",
                "append DIR --segment-bytes 64MB | '64MB' is not a size",
                "append DIR --segment-bytes 100 | maxSegmentBytes must be a multiple of 4096",
                "append | missing required parameter: 'DIR'",
                "cat DIR extra | unmatched argument",
                "cat DIR --from x | invalid value for option '--from'",
            })
    void saysInOneSentenceWhatIsWrong(String command, String reason) {
        Cli.Outcome outcome = Cli.run(arguments(command));
        assertEquals(ExitCode.USAGE, outcome.exitCode());
        assertTrue(outcome.sentence().contains(reason), outcome.err());
        assertTrue(outcome.sentence().contains("--help"), outcome.err());
        assertEquals("", outcome.out());
    }

    @Test
    void namesTheCommandsWhenThereIsNone() {
        Cli.Outcome outcome = Cli.run();
        assertEquals(ExitCode.USAGE, outcome.exitCode());
        assertTrue(outcome.sentence().contains("append, cat, verify or repair"), outcome.err());
    }

    @Test
    void touchesNothing() {
        Cli.run(arguments("append DIR --policy never"));
        assertTrue(Files.notExists(directory.resolve("log")));
    }

    private String[] arguments(String command) {
        return command.replace("DIR", directory.resolve("log").toString()).split(" ");
    }
}
