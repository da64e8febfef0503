package dev.nori.wal.crash.stress;

import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.crash.Directories;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Writers, readers that follow them and a trimmer behind those, for some seconds; nothing may be lost, reordered or changed. */
public final class StressRun {
    private static final int WRITERS = 64;
    private static final int READERS = 4;
    private static final long SEGMENT_BYTES = 1L << 20; // the smallest: the log rolls all the time
    private static final long MOST_SEEDS = 1_000_000;

    // The logging framework forgets a logger, and what was set on it, unless somebody holds on to it.
    private static final Logger LIBRARY = Logger.getLogger("dev.nori.wal");

    private final PrintStream out;
    private final Path directory;
    private final long seconds;
    private final long seed;
    private final List<StressWriter> writers = new ArrayList<>();
    private final List<StressReader> readers = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> findings = new ConcurrentLinkedQueue<>();

    private volatile boolean writersAreDone;

    private StressRun(PrintStream out, Path directory, long seconds, long seed) {
        this.out = out;
        this.directory = directory;
        this.seconds = seconds;
        this.seed = seed;
    }

    /** Arguments: seconds, and a seed or none. Exit status 0 if nothing was found. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        LIBRARY.setLevel(Level.WARNING);
        long seed = arguments.length > 1
                ? Long.parseLong(arguments[1])
                : ThreadLocalRandom.current().nextLong(MOST_SEEDS);
        Path directory = Path.of("target", "stress");
        StressRun run = new StressRun(System.out, directory, Long.parseLong(arguments[0]), seed);
        System.exit(run.run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        out.printf("stress: %d writers, %d readers, %d s, seed %d%n", WRITERS, READERS, seconds, seed);
        Directories.delete(directory);
        appendAndRead();
        readAgain();
        findings.forEach(finding -> out.println("FOUND " + finding));
        if (findings.isEmpty()) Directories.delete(directory);
        else out.println("The log is left in " + directory);
        out.printf(Locale.ROOT, "stress: %,d appends, %d findings%n", appended(), findings.size());
        return findings.isEmpty();
    }

    private static WalConfig config() {
        return WalConfig.defaults().withMaxSegmentBytes(SEGMENT_BYTES);
    }

    private void appendAndRead() throws InterruptedException {
        try (Wal wal = Wal.open(directory, config())) {
            out.println("engine " + wal.ioMode());
            long began = System.nanoTime();
            long end = began + TimeUnit.SECONDS.toNanos(seconds);
            for (int i = 0; i < WRITERS; i++) writers.add(new StressWriter(wal, i, end, seed));
            for (int i = 0; i < READERS; i++) readers.add(reader(wal, Position.START));
            List<Thread> writing = start("writer", writers);
            List<Thread> reading = start("reader", readers);
            List<Thread> trimming = start("trimmer", List.of(new StressTrimmer(wal, readers, () -> writersAreDone)));
            join(writing);
            double took = (System.nanoTime() - began) / 1e9;
            writersAreDone = true;
            join(reading);
            join(trimming);
            readers.forEach(this::judge);
            if (wal.firstPosition().equals(Position.START)) findings.add("nothing was trimmed");
            long read = readers.stream().mapToLong(StressReader::records).sum();
            out.printf(
                    Locale.ROOT,
                    "%,.0f appends/s, %,d read by %d readers, trimmed up to %,d, %s%n",
                    appended() / took,
                    read,
                    READERS,
                    wal.firstPosition().bytes(),
                    wal.stats());
        }
    }

    /** Everything once more, as the next opener finds it. */
    private void readAgain() {
        try (Wal wal = Wal.open(directory, config())) {
            StressReader reader = reader(wal, wal.recovery().first());
            reader.run();
            judge(reader);
        }
    }

    private StressReader reader(Wal wal, Position from) {
        return new StressReader(wal, from, WRITERS, () -> writersAreDone);
    }

    private void judge(StressReader reader) {
        Optional<String> wrong = reader.finding();
        if (wrong.isPresent()) {
            findings.add(wrong.get());
            return;
        }
        for (int i = 0; i < WRITERS; i++)
            reader.missing(i, writers.get(i).appended()).ifPresent(findings::add);
    }

    private long appended() {
        return writers.stream().mapToLong(StressWriter::appended).sum();
    }

    /** Half of them on platform threads, half on virtual ones. */
    private List<Thread> start(String name, List<? extends Runnable> jobs) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            Thread.Builder builder = i % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
            Runnable job = jobs.get(i);
            threads.add(builder.name(name + "-" + i).start(() -> watch(job)));
        }
        return threads;
    }

    private void watch(Runnable job) {
        try {
            job.run();
        } catch (RuntimeException | Error e) {
            findings.add(Thread.currentThread().getName() + " failed: " + e);
        }
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) thread.join();
    }
}
