package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person and a script see of the repair of logs that are broken in each way, and what is there afterwards. */
class RepairingALogTest {
    private static final long SECOND_RECORD = LogOnDisk.HEADER_BYTES + 80 + 24 + 16;

    @TempDir
    private Path directory;

    private LogOnDisk log() {
        return new LogOnDisk(directory);
    }

    private Cli.Outcome repair(String... options) {
        String[] arguments = Stream.concat(Stream.of("repair", directory.toString()), Arrays.stream(options))
                .toArray(String[]::new);
        Cli.Outcome outcome = Cli.run(arguments);
        assertEquals("", outcome.err());
        return outcome;
    }

    private String stable(Cli.Outcome outcome) {
        return outcome.outText().replace(directory.toString(), "DIR");
    }

    private String cat(Path log) {
        Cli.Outcome outcome = Cli.run("cat", log.toString());
        assertEquals(ExitCode.FINE, outcome.exitCode(), outcome.err());
        return outcome.outText();
    }

    private void assertIsSound() {
        assertEquals(ExitCode.FINE, Cli.run("verify", directory.toString()).exitCode());
        Cli.Outcome again = repair();
        assertEquals("nothing to repair: the log opens\n", again.outText());
        assertEquals(ExitCode.FINE, again.exitCode());
    }

    @Test
    void hasNothingToDoInALogThatIsWhole() throws IOException {
        log().append(3);
        var before = log().contents();
        assertIsSound();
        assertEquals("nothing to repair: the log opens\n", repair("--write").outText());
        assertEquals(before, log().contents());
    }

    @Test
    void saysToAScriptThatALogIsWhole() {
        log().append(3);
        Cli.Outcome outcome = repair("--json");
        assertEquals(ExitCode.FINE, outcome.exitCode());
        assertEquals("""
                {"directory":"DIR","state":"sound","verdict":{"kind":"clean"},"keptEndPosition":192,"keptNextSequence":3,\
                "copies":[],"holes":[],"logs":[],"lost":{"records":0,"isKnown":true},"findings":[]}
                """, stable(outcome));
    }

    @Test
    void saysWhatItWouldDoAndDoesNothing() throws IOException {
        log().append(3);
        LogOnDisk.change(log().segment(0), SECOND_RECORD, 'X');
        var before = log().contents();
        Cli.Outcome outcome = repair();
        assertEquals(ExitCode.FINDINGS, outcome.exitCode());
        assertEquals("""
                0000000000.wal at 4200: record 1 lost: damage in what had been durable: the checksum is wrong for a frame of 24 bytes \
                at position 104 in generation 1

                keeps     all before record 1, position 104
                copies    0000000000.wal to DIR/salvage-1/0000000000.wal
                copies    0000000001.wal to DIR/salvage-1/0000000001.wal
                copies    CONTROL to DIR/salvage-1/CONTROL
                copies    STAGE to DIR/salvage-1/STAGE
                saves     1 record, numbered from 2 on, to DIR/salvage-1/records-2
                loses     1 record
                nothing was changed: --write does it
                """, stable(outcome));
        assertEquals(before, log().contents());
    }

    @Test
    void saysToAScriptWhatItWouldDo() throws IOException {
        log().append(3);
        LogOnDisk.change(log().segment(0), SECOND_RECORD, 'X');
        Cli.Outcome outcome = repair("--json");
        assertEquals(ExitCode.FINDINGS, outcome.exitCode());
        assertEquals("""
                {"directory":"DIR","state":"planned","verdict":{"kind":"corrupt","file":"0000000000.wal","segment":0,"offset":4200,\
                "sentence":"damage in what had been durable: \
                the checksum is wrong for a frame of 24 bytes at position 104 in generation 1"},\
                "keptEndPosition":104,"keptNextSequence":1,"folder":"DIR/salvage-1","copies":[{"file":"0000000000.wal",\
                "copy":"DIR/salvage-1/0000000000.wal"},{"file":"0000000001.wal","copy":"DIR/salvage-1/0000000001.wal"},\
                {"file":"CONTROL","copy":"DIR/salvage-1/CONTROL"},{"file":"STAGE","copy":"DIR/salvage-1/STAGE"}],"holes":[{"file":"0000000000.wal","offset":4200,\
                "positions":{"from":104,"to":128},"firstSequence":1,"nextSequence":2,"sentence":"damage in what had been durable: \
                the checksum is wrong for a frame of 24 bytes at position 104 in generation 1"}],\
                "logs":[{"directory":"DIR/salvage-1/records-2","positions":{"from":128,"to":192},"firstSequence":2,"records":1}],\
                "lost":{"records":1,"isKnown":true},"findings":[]}
                """, stable(outcome));
    }

    @Test
    void keepsWhatCanBeProvedAndSaysWhereItIs() throws IOException {
        log().append(3);
        LogOnDisk.change(log().segment(0), SECOND_RECORD, 'X');
        byte[] damaged = Files.readAllBytes(log().segment(0));
        Cli.Outcome outcome = repair("--write");
        assertEquals(ExitCode.FINE, outcome.exitCode());
        assertEquals("""
                0000000000.wal at 4200: record 1 lost: damage in what had been durable: the checksum is wrong for a frame of 24 bytes \
                at position 104 in generation 1

                kept      all before record 1, position 104
                copied    0000000000.wal to DIR/salvage-1/0000000000.wal
                copied    0000000001.wal to DIR/salvage-1/0000000001.wal
                copied    CONTROL to DIR/salvage-1/CONTROL
                copied    STAGE to DIR/salvage-1/STAGE
                saved     1 record, numbered from 2 on, to DIR/salvage-1/records-2
                lost      1 record
                the log opens again
                """, stable(outcome));
        assertArrayEquals(damaged, Files.readAllBytes(directory.resolve("salvage-1/0000000000.wal")));
        assertEquals("onetwo3\n", cat(directory));
        assertEquals("onetwo3\n", cat(directory.resolve("salvage-1/records-2")));
        assertIsSound();
    }

    @Test
    void saysToAScriptWhatItDid() throws IOException {
        log().append(3);
        LogOnDisk.change(log().segment(0), SECOND_RECORD, 'X');
        Cli.Outcome outcome = repair("--write", "--json");
        assertEquals(ExitCode.FINE, outcome.exitCode());
        assertEquals("""
                {"directory":"DIR","state":"repaired","verdict":{"kind":"corrupt","file":"0000000000.wal","segment":0,"offset":4200,\
                "sentence":"damage in what had been durable: \
                the checksum is wrong for a frame of 24 bytes at position 104 in generation 1"},\
                "keptEndPosition":104,"keptNextSequence":1,"folder":"DIR/salvage-1","copies":[{"file":"0000000000.wal",\
                "copy":"DIR/salvage-1/0000000000.wal"},{"file":"0000000001.wal","copy":"DIR/salvage-1/0000000001.wal"},\
                {"file":"CONTROL","copy":"DIR/salvage-1/CONTROL"},{"file":"STAGE","copy":"DIR/salvage-1/STAGE"}],"holes":[{"file":"0000000000.wal","offset":4200,\
                "positions":{"from":104,"to":128},"firstSequence":1,"nextSequence":2,"sentence":"damage in what had been durable: \
                the checksum is wrong for a frame of 24 bytes at position 104 in generation 1"}],\
                "logs":[{"directory":"DIR/salvage-1/records-2","positions":{"from":128,"to":192},"firstSequence":2,"records":1}],\
                "lost":{"records":1,"isKnown":true},"findings":[]}
                """, stable(outcome));
    }

    @Test
    void namesEachHoleFileByFile() throws IOException {
        log().appendSeveralSegments();
        Files.delete(log().segment(1));
        LogOnDisk.change(log().segment(3), LogOnDisk.HEADER_BYTES + 500_000, 0xFF);
        List<String> lines = repair().outText().lines().toList();
        assertTrue(
                lines.get(0)
                        .matches(
                                "0000000001.wal at 0: records \\d+ to \\d+ lost: is missing, later segments are there.*"),
                lines.get(0));
        assertTrue(
                lines.get(1).matches("0000000003.wal at \\d+: record \\d+ lost: .*the checksum is wrong.*"),
                lines.get(1));
        assertEquals("", lines.get(2));
        assertEquals(ExitCode.FINE, repair("--write").exitCode());
        assertIsSound();
    }

    @Test
    void keepsEveryRecordOfALogWhoseNotesAreLost() throws IOException {
        log().append(3);
        Path control = directory.resolve("CONTROL");
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            wal.setMetadata(MemorySegment.ofArray(Cli.bytes("mine")));
        }
        byte[] lost = new byte[Math.toIntExact(Files.size(control))];
        Arrays.fill(lost, (byte) 7);
        Files.write(control, lost);
        assertEquals(ExitCode.FINDINGS, Cli.run("cat", directory.toString()).exitCode());
        Cli.Outcome outcome = repair("--write");
        assertEquals("""
                CONTROL at 0: no record lost: both slots are damaged: the slot has another magic; the slot has another magic: \
                where the log begins, its metadata and its checkpoint are lost

                kept      all before record 3, position 272
                copied    CONTROL to DIR/salvage-1/CONTROL
                copied    STAGE to DIR/salvage-1/STAGE
                lost      no record
                the log opens again
                """, stable(outcome));
        assertArrayEquals(lost, Files.readAllBytes(directory.resolve("salvage-1/CONTROL")));
        assertEquals("onetwo3\n".repeat(3), cat(directory));
        assertIsSound();
    }

    @Test
    void leavesAloneWhatDoesNotKeepALogFromOpeningAndNamesIt() throws IOException {
        log().appendSeveralSegments();
        LogOnDisk.change(log().segment(0), LogOnDisk.SEGMENT_BYTES - 60, 0xFF);
        var before = log().contents();
        Cli.Outcome outcome = repair("--write");
        assertEquals(ExitCode.FINE, outcome.exitCode());
        List<String> lines = outcome.outText().lines().toList();
        assertEquals("nothing to repair: the log opens", lines.get(0));
        assertTrue(lines.getLast().matches("0000000000.wal at \\d+: the footer's checksum is wrong"), lines.getLast());
        assertEquals(before, log().contents());
    }

    @Test
    void doesNothingToALogThatIsOpenElsewhere() throws IOException {
        log().append(3);
        try (Wal owner = Wal.open(directory, WalConfig.defaults())) {
            assertEquals(3, owner.recovery().nextSequence());
            LogOnDisk.change(log().segment(0), SECOND_RECORD, 'X');
            Cli.Outcome outcome = Cli.run("repair", directory.toString(), "--write");
            assertEquals(ExitCode.CANNOT_OPEN, outcome.exitCode());
            String pid = Long.toString(ProcessHandle.current().pid());
            assertTrue(outcome.sentence().contains(pid), outcome.err());
            assertTrue(Files.notExists(directory.resolve("salvage-1")));
        }
    }

    @Test
    void doesNotTakeAnyDirectoryForALog() throws IOException {
        Files.writeString(directory.resolve("letter.txt"), "dear reader");
        Cli.Outcome outcome = Cli.run("repair", directory.toString(), "--write");
        assertEquals(ExitCode.CANNOT_OPEN, outcome.exitCode());
        assertTrue(outcome.sentence().contains("there is no log"), outcome.err());
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(1, files.count());
        }
    }
}
