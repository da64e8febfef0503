package dev.nori.wal.bench.jmh;

import dev.nori.wal.Durability;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalRecord;
import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.log.PreparedLog;
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

/** From the open to the first durable append, and the close after it, against the size of the log. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = Flags.NATIVE_ACCESS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the setup
public class OpenBench {
    private static final WalRecord FIRST = WalRecord.put(new byte[8], new byte[128]);
    private static final long SEGMENT_BYTES = 128L << 20;

    /** Length of the log. */
    @Param({"100", "1000", "8000"})
    public int mebibytes;

    private Workplace place;
    private PreparedLog prepared;

    /** JMH makes it. */
    public OpenBench() {}

    /** Writes the log. */
    @Setup(Level.Trial)
    public void prepare() throws IOException {
        place = Workplace.create();
        prepared = new PreparedLog("log", (long) mebibytes << 20, 1024, SEGMENT_BYTES);
        prepared.in(place.directory());
    }

    /** One open, one append, one close. */
    @Benchmark
    public Position openAppendClose() {
        try (Wal wal = Wal.open(place.directory().resolve(prepared.folder()), prepared.config())) {
            if (wal.recovery().records() < prepared.records()) throw new AssertionError("records are missing");
            return wal.append(FIRST, Durability.DURABLE);
        }
    }

    /** Deletes the log. */
    @TearDown(Level.Trial)
    public void delete() throws IOException {
        place.close();
    }
}
