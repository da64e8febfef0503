package dev.nori.wal.bench.jmh;

import dev.nori.wal.Compression;
import dev.nori.wal.Position;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import dev.nori.wal.bench.load.Texts;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Appends a second of values that are stored smaller, against values that are not. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = Flags.NATIVE_ACCESS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the setup
public class CompressionBench {
    /** The codec. */
    @Param({"NONE", "LZ4", "ZSTD"})
    public Compression codec = Compression.NONE;

    /** Size of a value. */
    @Param({"1024", "16384", "131072"})
    public int bytes;

    private BenchLog log;
    private WalRecord record;

    /** JMH makes it. */
    public CompressionBench() {}

    /** Opens a new log. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        record = WalRecord.put(new byte[0], new Texts(1).record(bytes)).compressed(codec);
        log = new BenchLog(WalConfig.defaults().withFsyncPolicy(BenchLog.policy("batch")));
    }

    /** From one thread. */
    @Benchmark
    @Threads(1)
    public Position threads01() {
        return log.wal().append(record);
    }

    /** From two: compression happens outside the turn. */
    @Benchmark
    @Threads(2)
    public Position threads02() {
        return log.wal().append(record);
    }

    /** Counts the records and deletes the log. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        log.close();
    }
}
