package dev.nori.wal.bench.jmh;

import dev.nori.wal.Position;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import dev.nori.wal.bench.load.Texts;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/** Batches a second from one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = Flags.NATIVE_ACCESS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the setup
public class BatchBench {
    /** When a batch is durable. */
    @Param({"always", "batch"})
    public String policy = "";

    /** Records in a batch. */
    @Param({"10", "100", "1000"})
    public int records;

    /** Size of a value. */
    @Param({"128", "1024"})
    public int bytes;

    private BenchLog log;
    private List<WalRecord> batch;

    /** JMH makes it. */
    public BatchBench() {}

    /** Opens a new log. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        byte[][] values = new Texts(1).records(records, bytes);
        batch = Arrays.stream(values)
                .map(value -> WalRecord.put(new byte[0], value))
                .toList();
        log = new BenchLog(WalConfig.defaults().withFsyncPolicy(BenchLog.policy(policy)));
    }

    /** One batch. */
    @Benchmark
    public List<Position> appendBatch() {
        return log.wal().appendBatch(batch);
    }

    /** Counts the records and deletes the log. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        log.close();
    }
}
