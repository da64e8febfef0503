package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nori.wal.Compression;
import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Verdict;
import dev.nori.wal.Wal;
import dev.nori.wal.WalRecord;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.frame.KeptFiles;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.sim.SimDisk;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logs that version 1 wrote once stay readable, and version 1 still writes them byte for byte. */
class GoldenLogTest {
    private static final long SEGMENT_BYTES = 96 << 10; // smaller than a configuration allows, to be kept
    private static final byte[] TEXT = "again and again, ".repeat(50).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path home;

    /** The logs that are kept. */
    enum Golden {
        /** Three times opened and closed, under each policy, over several segments. */
        CLOSED(2),
        /** Like it, and opened once more and killed, so that a part is in the stage only. */
        KILLED(3),
        /** With compressed values, whose bytes are not ours. */
        COMPRESSED(1);

        private final int segments;

        Golden(int segments) {
            this.segments = segments;
        }

        Verdict verdict() {
            return this == KILLED ? new Verdict.TornTail(0) : new Verdict.Clean();
        }

        Path folder() {
            return KeptFiles.golden().resolve("log").resolve(name().toLowerCase(java.util.Locale.ROOT));
        }

        List<WalRecord> records() {
            List<WalRecord> records = new ArrayList<>();
            int rounds = this == KILLED ? 4 : 3;
            for (int round = 0; round < rounds; round++) records.addAll(round(round));
            return records;
        }

        List<WalRecord> round(int round) {
            byte[] key = Records.key(round);
            int large = round == 3 ? 55_000 : 40_000; // the fourth one begins a third segment
            List<WalRecord> records = new ArrayList<>(List.of(
                    WalRecord.put(key, TEXT),
                    WalRecord.put(new byte[0], new byte[0]),
                    WalRecord.delete(key),
                    WalRecord.putWithTtl(key, TEXT, Duration.ofMillis(1234)),
                    WalRecord.put(key, TEXT).withVersion(round, -1),
                    WalRecord.put(key, new byte[large]),
                    Records.numbered(round),
                    Records.numbered(round + 1)));
            if (this == COMPRESSED) {
                records.replaceAll(record -> record.compressed(round % 2 == 0 ? Compression.LZ4 : Compression.ZSTD));
            }
            return records;
        }

        Map<String, byte[]> write() throws IOException {
            SimDisk disk = new SimDisk();
            List<FsyncPolicy> policies = List.of(Policy.ALWAYS.fsync(), Policy.BATCH.fsync(), Policy.OS.fsync());
            for (int round = 0; round < policies.size(); round++) {
                try (Wal wal = open(disk, policies.get(round))) {
                    append(wal, round(round));
                }
            }
            if (this == KILLED) {
                append(open(disk, Policy.OS.fsync()), round(policies.size()));
                disk.kill();
            }
            return contents(disk);
        }

        /** The last two as a batch. */
        private static void append(Wal wal, List<WalRecord> records) {
            int single = records.size() - 2;
            records.subList(0, single).forEach(wal::append);
            wal.appendBatch(records.subList(single, records.size()));
        }

        private static Wal open(SimDisk disk, FsyncPolicy policy) {
            Surroundings still = StillWorld.create();
            Surroundings world = new Surroundings(
                    still.crew(),
                    still.nanoClock(),
                    still.millisClock(),
                    still.logId(),
                    still.stageBytes(),
                    SEGMENT_BYTES);
            return Assembly.open(disk.storage(), Setting.smallest().withFsyncPolicy(policy), world);
        }

        private static Map<String, byte[]> contents(SimDisk disk) throws IOException {
            Map<String, byte[]> contents = new TreeMap<>();
            for (String name : disk.storage().list()) {
                if (name.equals("LOCK")) continue;
                try (LogFile file = disk.storage().open(name, Storage.Access.READ);
                        Arena arena = Arena.ofConfined()) {
                    MemorySegment bytes = arena.allocate(file.size());
                    file.read(0, bytes);
                    contents.put(name, bytes.toArray(ValueLayout.JAVA_BYTE));
                }
            }
            return contents;
        }

        /** What is kept, unpacked. */
        Map<String, byte[]> kept() throws IOException {
            Map<String, byte[]> kept = new TreeMap<>();
            try (Stream<Path> files = Files.list(folder())) {
                for (Path file : files.toList()) {
                    String packed = file.getFileName().toString();
                    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                        kept.put(packed.substring(0, packed.length() - ".gz".length()), in.readAllBytes());
                    }
                }
            }
            return kept;
        }

        void keep(Map<String, byte[]> contents) throws IOException {
            Files.createDirectories(folder());
            for (Map.Entry<String, byte[]> file : contents.entrySet()) {
                Path packed = folder().resolve(file.getKey() + ".gz");
                try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
                    out.write(file.getValue());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSED", "KILLED"})
    void isWrittenAgainByteForByte(Golden golden) throws IOException {
        Map<String, byte[]> contents = golden.write();
        if ("write".equals(System.getProperty("nori.golden"))) {
            golden.keep(contents);
            if (golden == Golden.CLOSED) Golden.COMPRESSED.keep(Golden.COMPRESSED.write());
        }
        Map<String, byte[]> kept = golden.kept();
        assertEquals(kept.keySet(), contents.keySet(), KeptFiles.HOW_TO_WRITE);
        kept.forEach((name, bytes) ->
                assertArrayEquals(bytes, contents.get(name), () -> name + ": " + KeptFiles.HOW_TO_WRITE));
    }

    @ParameterizedTest
    @EnumSource
    void isReadAndContinuedByEveryEngineUnderEveryPolicy(Golden golden) throws IOException {
        Map<String, byte[]> kept = golden.kept();
        List<WalRecord> expected = golden.records();
        List<Setting> settings = Setting.all().toList();
        for (int i = 0; i < settings.size(); i++) {
            Setting setting = settings.get(i);
            setting.engine().assumeWorksIn(home);
            Path copy = Folders.write(kept, home.resolve("copy" + i));
            try (Wal wal = setting.open(copy)) {
                assertEquals(golden.verdict(), wal.recovery().verdict());
                assertEquals(golden == Golden.KILLED, wal.recovery().recordsFromStage() > 0);
                assertEquals(golden.segments, wal.recovery().segments());
                Records.assertHolds(wal, expected);
                wal.append(Records.numbered(7));
                List<LogEntry> entries = Records.entries(wal);
                assertEquals(
                        Instant.ofEpochMilli(1_700_000_000_000L),
                        entries.getFirst().appendedAt());
                assertEquals(expected.size() + 1, entries.size());
            }
        }
    }
}
