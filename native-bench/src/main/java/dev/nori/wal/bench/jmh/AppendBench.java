package dev.nori.wal.bench.jmh;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Appends a second, acknowledged one by one, on native I/O and on NIO. A new log in the working directory for each trial. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class AppendBench {
    private static final Path HOME = Path.of(".");

    /** When an append is durable. */
    @Param({"always", "batch", "os"})
    public String policy = "";

    /** The engine. */
    @Param({"AUTO", "NIO"})
    public IoMode io = IoMode.AUTO;

    /** Size of a value. */
    @Param({"128", "1024"})
    public int bytes;

    private Path directory = HOME;
    private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8};

    private byte[] value = KEY;
    private ByteBuffer keyBuffer = ByteBuffer.wrap(KEY);
    private ByteBuffer valueBuffer = ByteBuffer.wrap(KEY);
    private MemorySegment keySegment = MemorySegment.NULL;
    private MemorySegment valueSegment = MemorySegment.NULL;
    private WalRecord record = WalRecord.put(KEY, KEY);
    private WalAppender appender;
    private Wal wal;

    /** JMH makes it. */
    @SuppressWarnings("NullAway.Init") // opened before each trial
    public AppendBench() {}

    /** Opens a new log. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        value = new byte[bytes];
        new SplittableRandom(1).nextBytes(value);
        keyBuffer = ByteBuffer.allocateDirect(KEY.length).put(KEY).flip();
        valueBuffer = ByteBuffer.allocateDirect(bytes).put(value).flip();
        keySegment = MemorySegment.ofBuffer(keyBuffer);
        valueSegment = MemorySegment.ofBuffer(valueBuffer);
        record = WalRecord.put(KEY, value);
        directory = Files.createTempDirectory(HOME, "append-bench-");
        FsyncPolicy fsync = switch (policy) {
            case "always" -> FsyncPolicy.always();
            case "batch" -> FsyncPolicy.batch(Duration.ofMillis(5));
            default -> FsyncPolicy.os();
        };
        wal = Wal.open(directory, WalConfig.defaults().withFsyncPolicy(fsync).withIo(io));
    }

    /** An appender belongs to the thread that measures. */
    @Setup(Level.Iteration)
    public void makeAppender() {
        appender = wal.appender();
    }

    /** A record. */
    @Benchmark
    public Position record() {
        return wal.append(record);
    }

    /** Arrays, without a record. */
    @Benchmark
    public long arrays() {
        return appender.put(KEY, value);
    }

    /** Buffers outside the heap, without a record. */
    @Benchmark
    public long buffers() {
        return appender.put(keyBuffer, valueBuffer);
    }

    /** Segments outside the heap, without a record. */
    @Benchmark
    public long segments() {
        return appender.put(keySegment, valueSegment);
    }

    /** Written into the log's memory. */
    @Benchmark
    public long written() {
        return appender.put(KEY.length, value.length, (key, target) -> {
            key.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, 1);
            MemorySegment.copy(value, 0, target, ValueLayout.JAVA_BYTE, 0, value.length);
        });
    }

    /** Closes the log and deletes it. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        wal.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
