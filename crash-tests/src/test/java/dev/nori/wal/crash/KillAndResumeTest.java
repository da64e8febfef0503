package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.IoMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KillAndResumeTest {
    private static final List<byte[]> SOURCE = IntStream.range(0, 30_000)
            .mapToObj(n -> ("line " + n).getBytes(StandardCharsets.UTF_8))
            .toList();

    private final long seed = new Random().nextLong();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"always,AUTO", "batch:5ms,NIO", "os,AUTO"})
    void losesAndInventsNothing(String policy, IoMode io) throws IOException, InterruptedException {
        KillAndResume.Outcome outcome = run(KillAndResume.COMMAND_LINE, policy, io);
        assertEquals(0, outcome.lost(), () -> outcome + ", seed " + seed);
        assertEquals(0, outcome.invented(), () -> outcome + ", seed " + seed);
        assertEquals(SOURCE.size(), outcome.whole().recovered());
    }

    @Test
    void findsAnImporterThatAcknowledgesBeforeItWrites() throws IOException, InterruptedException {
        KillAndResume.Outcome outcome = run(AcksBeforeItWrites.class.getName(), "os", IoMode.NIO);
        assertTrue(outcome.lost() > 0, () -> outcome + ", seed " + seed);
    }

    private KillAndResume.Outcome run(String importer, String policy, IoMode io)
            throws IOException, InterruptedException {
        Path log = directory.resolve("log");
        return new KillAndResume(importer, SOURCE, log, policy, io, new Random(seed)).run();
    }
}
