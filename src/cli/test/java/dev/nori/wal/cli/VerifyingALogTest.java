package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person and a script see of logs that are whole, and of logs that are broken in each way. */
class VerifyingALogTest {
    @TempDir
    private Path directory;

    private LogOnDisk log() {
        return new LogOnDisk(directory);
    }

    private Cli.Outcome verify(String... options) {
        String[] arguments = Stream.concat(Stream.of("verify", directory.toString()), Arrays.stream(options))
                .toArray(String[]::new);
        Cli.Outcome outcome = Cli.run(arguments);
        assertEquals("", outcome.err());
        return outcome;
    }

    /** What a command printed, without what depends on the clock and the place. */
    private String stable(Cli.Outcome outcome) {
        return outcome.outText()
                .replace(directory.toString(), "DIR")
                .replaceAll("(?m)^rate .*$", "rate      -")
                .replaceAll("\"seconds\":[0-9.]+,\"bytesPerSecond\":[0-9.]+", "\"seconds\":0,\"bytesPerSecond\":0");
    }

    @Test
    void saysThatALogIsWhole() {
        log().append(3);
        Cli.Outcome outcome = verify();
        assertEquals(ExitCode.FINE, outcome.exitCode());
        assertEquals("""
                findings  none
                verified  3 records in 1 segments, 192 B
                rate      -
                ends      before record 3, closed in order
                """, stable(outcome));
    }

    @Test
    void saysThatALogIsWholeToAScript() {
        log().append(3);
        Cli.Outcome outcome = verify("--json");
        assertEquals(ExitCode.FINE, outcome.exitCode());
        assertEquals("""
                {"directory":"DIR","sound":true,"findings":[],"findingsLeftOut":0,"ending":"closed","segments":1,"records":3,\
                "recordsInStage":0,"valuesNotDecoded":0,"bytes":192,"firstPosition":0,"endPosition":192,"firstSequence":0,\
                "nextSequence":3,"seconds":0,"bytesPerSecond":0}
                """, stable(outcome));
    }

    @Test
    void namesTheRecordThatIsDamaged() throws IOException {
        log().append(3);
        LogOnDisk.change(log().segment(0), LogOnDisk.HEADER_BYTES + 80 + 24 + 16, 'X');
        Cli.Outcome outcome = verify();
        assertEquals(ExitCode.FINDINGS, outcome.exitCode());
        assertEquals("""
                0000000000.wal at 4200: record 1 lost: the checksum is wrong for a frame of 24 bytes at position 104 in generation 1; \
                the log had been durable up to position 192

                findings  1
                verified  2 records in 1 segments, 168 B
                rate      -
                ends      before record 3, closed in order
                """, stable(outcome));
    }

    @Test
    void namesTheRecordThatIsDamagedToAScript() throws IOException {
        log().append(3);
        LogOnDisk.change(log().segment(0), LogOnDisk.HEADER_BYTES + 80 + 24 + 16, 'X');
        Cli.Outcome outcome = verify("--json");
        assertEquals(ExitCode.FINDINGS, outcome.exitCode());
        assertEquals("""
                {"directory":"DIR","sound":false,"findings":[{"kind":"damagedFrames","file":"0000000000.wal","segment":0,"offset":4200,\
                "positions":{"from":104,"to":128},"sequences":{"from":1,"to":2},"sentence":"the checksum is wrong for a frame of 24 bytes \
                at position 104 in generation 1; the log had been durable up to position 192"}],"findingsLeftOut":0,"ending":"closed",\
                "segments":1,"records":2,"recordsInStage":0,"valuesNotDecoded":0,"bytes":168,"firstPosition":0,"endPosition":192,\
                "firstSequence":0,"nextSequence":3,"seconds":0,"bytesPerSecond":0}
                """, stable(outcome));
    }

    @Test
    void namesASegmentThatIsMissing() throws IOException {
        log().appendSeveralSegments();
        Files.delete(log().segment(1));
        Cli.Outcome outcome = verify();
        assertEquals(ExitCode.FINDINGS, outcome.exitCode());
        String first = outcome.outText().lines().findFirst().orElseThrow();
        assertTrue(
                first.matches(
                        "0000000001.wal at 0: records \\d+ to \\d+ lost: the segment is missing, later ones are there"),
                first);
    }

    @Test
    void namesAHeaderAndAFooterThatAreDamaged() throws IOException {
        log().appendSeveralSegments();
        LogOnDisk.change(log().segment(2), 20, 0xFF);
        LogOnDisk.change(log().segment(0), LogOnDisk.SEGMENT_BYTES - 60, 0xFF);
        Cli.Outcome outcome = verify();
        assertEquals(ExitCode.FINDINGS, outcome.exitCode());
        List<String> lines = outcome.outText().lines().toList();
        assertTrue(lines.get(0).matches("0000000000.wal at \\d+: the footer's checksum is wrong"), lines.get(0));
        assertTrue(
                lines.get(1)
                        .matches(
                                "0000000002.wal at 0: records \\d+ to \\d+ lost: the header's checksum is wrong; without it no frame can be checked"),
                lines.get(1));
        assertEquals("findings  2", lines.get(3));
    }

    @Test
    void namesASlotOfTheControlFileThatIsDamaged() throws IOException {
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            wal.append(WalRecord.put(Cli.bytes("key"), Cli.bytes("value")));
            wal.setMetadata(MemorySegment.ofArray(Cli.bytes("mine")));
        }
        LogOnDisk.change(directory.resolve("CONTROL"), 30, 0xFF);
        Cli.Outcome outcome = verify();
        assertEquals(ExitCode.FINDINGS, outcome.exitCode());
        assertEquals(
                "CONTROL at 0: the slot's checksum is wrong; the other one is whole, nothing is lost",
                outcome.outText().lines().findFirst().orElseThrow());
    }

    @Test
    void worksBesideAProcessThatHasTheLogOpen() {
        WalConfig config = WalConfig.defaults().withFsyncPolicy(FsyncPolicy.os());
        try (Wal wal = Wal.open(directory, config)) {
            Position end = wal.append(WalRecord.put(Cli.bytes("key"), Cli.bytes("value")));
            Cli.Outcome outcome = verify();
            assertEquals(ExitCode.FINE, outcome.exitCode(), outcome.outText());
            assertTrue(outcome.outText().contains("verified  1 records"), outcome.outText());
            assertTrue(outcome.outText().contains("ends      before record 1, "), outcome.outText());
            assertTrue(wal.endPosition().compareTo(end) > 0);
            wal.append(WalRecord.put(Cli.bytes("key"), Cli.bytes("the lock is still held")));
        }
    }

    @Test
    void changesNothing() throws IOException {
        log().appendSeveralSegments();
        LogOnDisk.change(log().segment(1), LogOnDisk.HEADER_BYTES + 5000, 0xFF);
        var before = log().contents();
        assertEquals(ExitCode.FINDINGS, verify().exitCode());
        assertEquals(before, log().contents());
    }

    @Test
    void isNotUnderstoodWithoutAThread() {
        log().append(1);
        Cli.Outcome outcome = Cli.run("verify", directory.toString(), "--parallelism", "0");
        assertEquals(ExitCode.USAGE, outcome.exitCode());
        assertTrue(outcome.sentence().contains("parallelism must be >= 1: 0"), outcome.err());
    }

    @Test
    void doesNotTakeAnyDirectoryForALog() throws IOException {
        Files.writeString(directory.resolve("letter.txt"), "dear reader");
        Cli.Outcome outcome = Cli.run("verify", directory.toString());
        assertEquals(ExitCode.CANNOT_OPEN, outcome.exitCode());
        assertTrue(outcome.sentence().contains("holds no log"), outcome.err());
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(1, files.count());
        }
    }
}
