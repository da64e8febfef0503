package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HelpTest {
    @Test
    void namesTheCommandsAndTheExitCodes() {
        Cli.Outcome outcome = Cli.run("--help");
        assertEquals(ExitCode.FINE, outcome.exitCode());
        assertTrue(outcome.outText().contains("append"), outcome.outText());
        assertTrue(outcome.outText().contains("cat"), outcome.outText());
        assertTrue(outcome.outText().contains("verify"), outcome.outText());
        assertTrue(outcome.outText().contains("repair"), outcome.outText());
        assertTrue(outcome.outText().contains("Exit codes:"), outcome.outText());
    }

    @Test
    void explainsEveryOptionOfACommand() {
        String help = Cli.run("append", "--help").outText();
        for (String option : new String[] {"--policy", "--io", "--segment-bytes", "--acks", "--json", "--verbose"}) {
            assertTrue(help.contains(option), option + " is missing in: " + help);
        }
    }

    @Test
    void saysWhatTheExitCodesOfARepairMean() {
        String help = Cli.run("repair", "--help").outText();
        assertTrue(help.contains("--write"), help);
        assertTrue(help.contains("Exit codes:"), help);
        assertTrue(help.contains("there is something to repair, and nothing was changed"), help);
    }

    @Test
    void hasNoColoursWhereThereIsNoTerminal() {
        assertEquals(-1, Cli.run("append", "--help").outText().indexOf('\u001b'));
    }

    @Test
    void includesTheVersion() {
        Cli.Outcome outcome = Cli.run("--version");
        assertEquals(ExitCode.FINE, outcome.exitCode());
        assertTrue(outcome.outText().startsWith("nori-wal "), outcome.outText());
    }
}
