package dev.nori.wal.bench.jmh;

import dev.nori.wal.Position;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import dev.nori.wal.bench.load.Texts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Durable appends a second from one thread that waits for 10,000 at a time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = Flags.NATIVE_ACCESS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the setup
public class AsyncBench {
    private static final int AT_A_TIME = 10_000;

    /** Size of a value. */
    @Param({"128", "1024"})
    public int bytes;

    private BenchLog log;
    private WalRecord record;

    /** JMH makes it. */
    public AsyncBench() {}

    /** Opens a new log. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        record = WalRecord.put(new byte[0], new Texts(1).record(bytes));
        log = new BenchLog(WalConfig.defaults().withFsyncPolicy(BenchLog.policy("always")));
    }

    /** Appends, and waits for the last of them: futures complete in order. */
    @Benchmark
    @OperationsPerInvocation(AT_A_TIME)
    public Position appendAsync() {
        List<CompletableFuture<Position>> futures = new ArrayList<>(AT_A_TIME);
        for (int i = 0; i < AT_A_TIME; i++) futures.add(log.wal().appendAsync(record));
        return futures.getLast().join();
    }

    /** Counts the records and deletes the log. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        log.close();
    }
}
