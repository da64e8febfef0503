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

/**
 * One durable write over blocks written before, in whole blocks, by every way there is: native calls on the left, what
 * NIO has for them on the right of each pair.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = Flags.NATIVE_ACCESS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 3, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the setup
public class DurableCallBench {
    /** Size of a write. */
    @Param({"4096", "16384", "131072", "1048576"})
    public int bytes;

    private Target target;
    private BareFile buffered;
    private BareFile direct;
    private FileChannel channel;
    private FileChannel dsync;
    private FileChannel directChannel;
    private FileChannel directDsync;
    private MemorySegment data;
    private ByteBuffer buffer;

    /** JMH makes it. */
    public DurableCallBench() {}

    /** Writes the file once and opens it in every way. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        target = new Target(bytes);
        buffered = WrittenFile.create(target.path(), Target.FILE_BYTES, BareFile.Cache.BUFFERED);
        direct = BareFile.open(target.path(), BareFile.Cache.DIRECT);
        channel = FileChannel.open(target.path(), StandardOpenOption.WRITE);
        dsync = FileChannel.open(target.path(), StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
        directChannel = FileChannel.open(target.path(), StandardOpenOption.WRITE, DirectOption.DIRECT);
        directDsync = FileChannel.open(
                target.path(), StandardOpenOption.WRITE, StandardOpenOption.DSYNC, DirectOption.DIRECT);
        data = BareFile.aligned(bytes);
        MemorySegment.copy(target.data(), 0, data, JAVA_BYTE, 0, bytes);
        buffer = data.asByteBuffer();
    }

    /** {@code pwrite} and {@code fdatasync}. */
    @Benchmark
    public void ffmFdatasync() throws IOException {
        buffered.write(data, target.nextOffset());
        buffered.sync();
    }

    /** {@code FileChannel.write} and {@code force(false)}. */
    @Benchmark
    public void nioForce() throws IOException {
        whole(channel.write(buffer.rewind(), target.nextOffset()));
        channel.force(false);
    }

    /** {@code pwritev2} with {@code RWF_DSYNC}. */
    @Benchmark
    public void ffmRwfDsync() throws IOException {
        buffered.writeDurably(data, target.nextOffset());
    }

    /** A channel opened with {@code DSYNC}. */
    @Benchmark
    public void nioDsync() throws IOException {
        whole(dsync.write(buffer.rewind(), target.nextOffset()));
    }

    /** {@code pwritev2} with {@code RWF_DSYNC} on an {@code O_DIRECT} file. */
    @Benchmark
    public void ffmDirectRwfDsync() throws IOException {
        direct.writeDurably(data, target.nextOffset());
    }

    /** A channel opened with {@code DIRECT} and {@code DSYNC}. */
    @Benchmark
    public void nioDirectDsync() throws IOException {
        whole(directDsync.write(buffer.rewind(), target.nextOffset()));
    }

    /** {@code pwrite} on an {@code O_DIRECT} file, not durable. */
    @Benchmark
    public void ffmDirect() throws IOException {
        direct.write(data, target.nextOffset());
    }

    /** A channel opened with {@code DIRECT}, not durable. */
    @Benchmark
    public void nioDirect() throws IOException {
        whole(directChannel.write(buffer.rewind(), target.nextOffset()));
    }

    private void whole(int written) {
        if (written != bytes) throw new AssertionError("wrote %d of %d bytes".formatted(written, bytes));
    }

    /** Checks that the data is on the device and deletes it. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        MemorySegment found = BareFile.aligned(bytes);
        if (direct.read(found, 0) != bytes || found.mismatch(data) != -1) throw new AssertionError("not written");
        buffered.close();
        direct.close();
        for (FileChannel each : new FileChannel[] {channel, dsync, directChannel, directDsync}) each.close();
        target.close();
    }
}
