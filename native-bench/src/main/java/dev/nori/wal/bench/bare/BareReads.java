package dev.nori.wal.bench.bare;

import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Metric;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** A bare {@code pread} of the same files with a CRC32C over every byte, warm, or from the device with read-ahead asked for. */
public record BareReads(String folder, Warmth warmth) implements Contender {
    /** Where the bytes are. */
    public enum Warmth {
        /** In the page cache. */
        WARM,
        /** On the device only. */
        COLD
    }

    /** The name in every study. */
    public static final String NAME = "bare pread + CRC32C";

    private static final long PIECE_BYTES = 1 << 20;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Map<Metric, Double> measure(Path home, Duration time) throws Exception {
        List<Path> files = segments(home.resolve(folder));
        if (warmth == Warmth.COLD) forget(home.resolve(folder));
        long began = System.nanoTime();
        long bytes = 0;
        for (Path file : files) bytes += read(file);
        double seconds = (System.nanoTime() - began) / 1e9;
        return Map.of(Metric.BYTES_PER_SECOND, bytes / seconds);
    }

    /** Asks the page cache to forget a folder's files. */
    public static void forget(Path folder) throws IOException {
        for (Path path : segments(folder)) {
            try (BareFile file = BareFile.openToRead(path, BareFile.Cache.BUFFERED)) {
                file.adviseForget();
            }
        }
    }

    private static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".wal"))
                    .sorted()
                    .toList();
        }
    }

    private long read(Path path) throws IOException {
        try (BareFile file = BareFile.openToRead(path, BareFile.Cache.BUFFERED)) {
            if (warmth == Warmth.COLD) file.adviseSequential();
            MemorySegment piece = BareFile.aligned(PIECE_BYTES);
            ByteBuffer view = piece.asByteBuffer();
            CRC32C checksum = new CRC32C();
            long at = 0;
            for (long n = file.read(piece, at); n > 0; n = file.read(piece, at)) {
                checksum.update(view.clear().limit((int) n));
                at += n;
            }
            return at;
        }
    }
}
