package dev.nori.wal.bench.jmh;

import dev.nori.wal.Wal;
import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.log.PreparedLog;
import dev.nori.wal.bench.log.Replays;
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
import org.openjdk.jmh.annotations.Warmup;

/** Reading a log of 256 MiB from its first record to its last, out of the page cache. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = Flags.NATIVE_ACCESS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the setup
public class ReplayBench {
    private static final long LOG_BYTES = 256L << 20;
    private static final long SEGMENT_BYTES = 32L << 20;

    /** Size of a value. */
    @Param({"128", "1024", "16384", "1048576"})
    public int bytes;

    private Workplace place;
    private PreparedLog prepared;
    private Wal wal;

    /** JMH makes it. */
    public ReplayBench() {}

    /** Writes the log and opens it again. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        place = Workplace.create();
        prepared = new PreparedLog("log", LOG_BYTES, bytes, SEGMENT_BYTES);
        prepared.in(place.directory());
        wal = Wal.open(place.directory().resolve(prepared.folder()), prepared.config());
    }

    /** One pass with one thread. */
    @Benchmark
    public long replay() {
        long records = Replays.all(wal, 1);
        if (records != prepared.records()) throw new AssertionError(records + " records");
        return records;
    }

    /** Deletes the log. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        wal.close();
        place.close();
    }
}
