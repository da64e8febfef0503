package dev.nori.wal.bench.jmh;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.nori.wal.bench.bare.BareFile;
import dev.nori.wal.bench.bare.WrittenFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
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

/** What the file was before decides what a durable write costs: each write and its sync, one after the other, once over. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = Flags.NATIVE_ACCESS)
@Warmup(iterations = 1)
@Measurement(iterations = 5)
@SuppressWarnings("NullAway.Init") // JMH calls the setup
public class ExtentBench {
    private static final int WRITES = 256;

    /** What the file was before. */
    public enum Before {
        /** Nothing: each write makes the file longer. */
        GROWING,
        /** Space from {@code fallocate}, never written. */
        FALLOCATED,
        /** Written once with zeros. */
        ZEROED,
        /** Written long ago with something else, and renamed. */
        RECYCLED
    }

    /** What the file was before. */
    @Param
    public Before before = Before.GROWING;

    /** Size of a write. */
    @Param({"4096", "16384", "131072", "1048576"})
    public int bytes;

    private Target target;
    private BareFile file;
    private FileChannel channel;
    private MemorySegment data;

    /** JMH makes it. */
    public ExtentBench() {}

    /** Makes the file. */
    @Setup(Level.Iteration)
    public void open() throws IOException {
        target = new Target(bytes);
        data = BareFile.aligned(bytes);
        MemorySegment.copy(target.data(), 0, data, JAVA_BYTE, 0, bytes);
        file = make((long) WRITES * bytes);
        channel = FileChannel.open(target.path(), StandardOpenOption.WRITE);
    }

    private BareFile make(long fileBytes) throws IOException {
        return switch (before) {
            case GROWING -> BareFile.open(target.path(), BareFile.Cache.BUFFERED);
            case FALLOCATED -> {
                BareFile allocated = BareFile.open(target.path(), BareFile.Cache.BUFFERED);
                allocated.allocate(fileBytes);
                allocated.sync();
                yield allocated;
            }
            case ZEROED -> WrittenFile.create(target.path(), fileBytes, BareFile.Cache.BUFFERED);
            case RECYCLED -> recycled(fileBytes);
        };
    }

    private BareFile recycled(long fileBytes) throws IOException {
        var old = target.path().resolveSibling("old");
        BareFile file = WrittenFile.create(old, fileBytes, BareFile.Cache.BUFFERED);
        file.adviseForget();
        Files.move(old, target.path());
        return file;
    }

    /** {@code pwrite} and {@code fdatasync}. */
    @Benchmark
    @OperationsPerInvocation(WRITES)
    public void ffm() throws IOException {
        for (int i = 0; i < WRITES; i++) {
            file.write(data, (long) i * bytes);
            file.sync();
        }
    }

    /** {@code FileChannel.write} and {@code force(false)}. */
    @Benchmark
    @OperationsPerInvocation(WRITES)
    public void nio() throws IOException {
        ByteBuffer buffer = data.asByteBuffer();
        for (int i = 0; i < WRITES; i++) {
            if (channel.write(buffer.rewind(), (long) i * bytes) != bytes) throw new AssertionError("short write");
            channel.force(false);
        }
    }

    /** Checks the file's length and deletes it. */
    @TearDown(Level.Iteration)
    public void close() throws IOException {
        if (channel.size() != (long) WRITES * bytes) throw new AssertionError("not all was written");
        channel.close();
        file.close();
        target.close();
    }
}
