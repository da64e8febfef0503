package dev.nori.wal.bench.jmh;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.nori.wal.bench.bare.BareFile;
import dev.nori.wal.bench.bare.WrittenFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
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

/** One write into the page cache, over blocks written before: {@code pwrite} against {@code FileChannel.write}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = Flags.NATIVE_ACCESS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the setup
public class WriteCallBench {
    /** Size of a write. */
    @Param({"128", "1024", "4096", "16384", "131072", "1048576"})
    public int bytes;

    private Target target;
    private BareFile file;
    private FileChannel channel;
    private MemorySegment data;
    private ByteBuffer buffer;

    /** JMH makes it. */
    public WriteCallBench() {}

    /** Writes the file once. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        target = new Target(bytes);
        file = WrittenFile.create(target.path(), Target.FILE_BYTES, BareFile.Cache.BUFFERED);
        channel = FileChannel.open(target.path(), StandardOpenOption.WRITE);
        data = BareFile.aligned(bytes);
        MemorySegment.copy(target.data(), 0, data, JAVA_BYTE, 0, bytes);
        buffer = data.asByteBuffer();
    }

    /** {@code pwrite}. */
    @Benchmark
    public void ffm() throws IOException {
        file.write(data, target.nextOffset());
    }

    /** {@code FileChannel.write} at a position, from a direct buffer. */
    @Benchmark
    public int nio() throws IOException {
        return channel.write(buffer.rewind(), target.nextOffset());
    }

    /** Checks that the data is in the file and deletes it. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        MemorySegment found = BareFile.aligned(bytes);
        if (file.read(found, 0) != bytes || found.mismatch(data) != -1) throw new AssertionError("not written");
        file.close();
        channel.close();
        target.close();
    }
}
