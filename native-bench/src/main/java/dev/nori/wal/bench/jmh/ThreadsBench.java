package dev.nori.wal.bench.jmh;

import dev.nori.wal.IoMode;
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

/** Appends a second, one by one, under every policy, on every engine, from one thread and from many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = Flags.NATIVE_ACCESS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the setup
public class ThreadsBench {
    /** When an append is durable. */
    @Param({"always", "batch", "os"})
    public String policy = "";

    /** The engine. */
    @Param({"DIRECT", "BUFFERED", "NIO"})
    public IoMode io = IoMode.AUTO;

    /** Size of a value. */
    @Param({"128", "1024", "16384"})
    public int bytes;

    private BenchLog log;
    private WalRecord record;

    /** JMH makes it. */
    public ThreadsBench() {}

    /** Opens a new log. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        record = WalRecord.put(new byte[0], new Texts(1).record(bytes));
        log = new BenchLog(
                WalConfig.defaults().withFsyncPolicy(BenchLog.policy(policy)).withIo(io));
    }

    /** From one thread. */
    @Benchmark
    @Threads(1)
    public Position threads01() {
        return log.wal().append(record);
    }

    /** From two threads. */
    @Benchmark
    @Threads(2)
    public Position threads02() {
        return log.wal().append(record);
    }

    /** From sixteen threads. */
    @Benchmark
    @Threads(16)
    public Position threads16() {
        return log.wal().append(record);
    }

    /** From sixty-four threads. */
    @Benchmark
    @Threads(64)
    public Position threads64() {
        return log.wal().append(record);
    }

    /** Counts the records and deletes the log. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        log.close();
    }
}
