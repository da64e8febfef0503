package dev.nori.wal.crash.heap;

import dev.nori.wal.Wal;
import dev.nori.wal.WalAppender;
import dev.nori.wal.WalConfig;
import dev.nori.wal.crash.Directories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Appends a log that is far larger than the heap, follows it meanwhile, opens it again and replays it. */
@Command(
        name = "small-heap",
        mixinStandardHelpOptions = true,
        description = "Appends, follows and replays a log that is far larger than the heap.")
public final class SmallHeap implements Callable<Integer> {
    private static final double MIB = 1 << 20;
    private static final Logger LIBRARY = Logger.getLogger("dev.nori.wal");

    @Option(
            names = "--directory",
            description = "where the log is put, and deleted in the end (default: target/small-heap)")
    private Path directory = Path.of("target", "small-heap");

    @Option(names = "--mib", description = "size of the log (default: 4096)")
    private long mib = 4096;

    private final AtomicLong records = new AtomicLong(Long.MAX_VALUE);

    /** Runs it; the exit code is 0 if every record was read, and was the right one. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SmallHeap()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        LIBRARY.setLevel(Level.WARNING);
        say("heap %.0f MiB, log %d MiB in %s", Runtime.getRuntime().maxMemory() / MIB, mib, directory);
        Directories.delete(directory);
        try {
            appendAndFollow();
            replay();
        } finally {
            Directories.delete(directory);
        }
        say("small-heap: %d records appended, followed and replayed, 0 missing", records.get());
        return 0;
    }

    private void appendAndFollow() throws Exception {
        long began = System.nanoTime();
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            FutureTask<Long> follower = new FutureTask<>(() -> Readings.follow(wal, records::get));
            Thread.ofPlatform().name("follower").start(follower);
            append(wal, follower);
            report("appended", records.get(), began);
            expect("followed", follower.get());
            report("followed", records.get(), began);
        }
    }

    /** Until the log is as large as wanted, or until the follower has given up. */
    private void append(Wal wal, FutureTask<Long> follower) {
        WalAppender appender = wal.appender();
        long number = 0;
        while (wal.endPosition().bytes() < mib << 20 && !follower.isDone()) NumberedRecords.append(appender, number++);
        records.set(number);
    }

    private void replay() throws IOException {
        try (Wal wal = Wal.open(directory, WalConfig.defaults())) {
            expect("found", wal.recovery().records());
            time("read", () -> Readings.read(wal));
            time("in order", () -> Readings.replayInOrder(wal));
            time("replayed", () -> Readings.replay(wal));
        }
    }

    private void time(String what, LongSupplier reading) {
        long began = System.nanoTime();
        expect(what, reading.getAsLong());
        report(what, records.get(), began);
    }

    private void expect(String what, long count) {
        if (count == records.get()) return;
        throw new IllegalStateException("%s %d records of %d".formatted(what, count, records.get()));
    }

    private void report(String what, long count, long beganNanos) {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        Runtime jvm = Runtime.getRuntime();
        double heapMib = (jvm.totalMemory() - jvm.freeMemory()) / MIB;
        say("%-9s %9d records in %5.1f s, %5.0f MiB/s, heap %2.0f MiB", what, count, seconds, mib / seconds, heapMib);
    }

    private static void say(String format, Object... args) {
        System.out.printf(Locale.ROOT, format + "%n", args);
    }
}
