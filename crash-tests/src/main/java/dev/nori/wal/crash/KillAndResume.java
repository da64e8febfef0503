package dev.nori.wal.crash;

import dev.nori.wal.IoMode;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalReader;
import dev.nori.wal.cli.Main;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One row of the main job: an import is killed somewhere in the middle, what it left is judged, the import goes on after
 * the last line that is back, and the whole is compared with the source.
 */
final class KillAndResume {
    /** Imports as a user would: the command line. */
    static final String COMMAND_LINE = Main.class.getName();

    /** Small, so that the log rolls while it is written. */
    private static final long SEGMENT_BYTES = WalConfig.MIN_SEGMENT_BYTES;

    private static final int KILLED = 137;
    private static final int ATTEMPTS = 20;
    private static final long LONGEST_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final String importer;
    private final List<byte[]> source;
    private final LineOracle oracle;
    private final Path directory;
    private final String policy;
    private final IoMode io;
    private final Random random;

    /**
     * A row to be run once.
     *
     * @param importer main class of the process that is killed; takes what {@code nori-wal append} takes
     * @param directory the log's; deleted before each attempt
     * @param policy as the command line takes it
     */
    KillAndResume(String importer, List<byte[]> source, Path directory, String policy, IoMode io, Random random) {
        this.importer = importer;
        this.source = source;
        this.oracle = new LineOracle(source);
        this.directory = directory;
        this.policy = policy;
        this.io = io;
        this.random = random;
    }

    /**
     * What came of it.
     *
     * @param engine what the log really used
     * @param afterKill what was back after the kill
     * @param whole what was there at the end
     * @param perSecond acknowledgements per second until the kill, as they came out of the pipe
     */
    record Outcome(IoMode engine, LineOracle.Verdict afterKill, LineOracle.Verdict whole, double perSecond) {
        long lost() {
            return afterKill.lost() + whole.lost();
        }

        long invented() {
            return afterKill.invented() + whole.invented();
        }
    }

    /**
     * Runs the row.
     *
     * @throws IOException if a step could not be done at all
     */
    Outcome run() throws IOException, InterruptedException {
        AckCounter acks = killMidway();
        IoMode engine;
        LineOracle.Verdict afterKill;
        try (Wal wal = Wal.open(directory, WalConfig.defaults().withIo(io).withMaxSegmentBytes(SEGMENT_BYTES))) {
            engine = wal.ioMode();
            afterKill = judge(acks.acknowledged(), wal);
        }
        // Going on after a log that is wrong would only hide where it went wrong.
        if (!afterKill.holds()) return new Outcome(engine, afterKill, afterKill, acks.perSecond());
        resume((int) afterKill.recovered());
        return new Outcome(engine, afterKill, judgeWhole(), acks.perSecond());
    }

    /** Imports and kills until a kill has hit an import under way; the number to kill at comes down if it was too late. */
    private AckCounter killMidway() throws IOException, InterruptedException {
        long killAt = random.nextLong(source.size() / 10, source.size() * 9L / 10);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Directories.delete(directory);
            try (Child<AckCounter> child = startImport()) {
                child.feed(source);
                child.reader().await(killAt);
                TimeUnit.NANOSECONDS.sleep(random.nextLong(LONGEST_DELAY_NANOS));
                child.kill();
                if (endsMidway(child)) return child.reader();
            }
            killAt = Math.max(1, killAt * 3 / 4);
        }
        throw new IOException("no kill hit the import under way in " + ATTEMPTS + " attempts");
    }

    private boolean endsMidway(Child<AckCounter> child) throws IOException, InterruptedException {
        int exitCode = child.await();
        if (exitCode != KILLED && exitCode != 0) throw ended("the import", exitCode, child);
        long acknowledged = child.reader().acknowledged();
        return exitCode == KILLED && acknowledged > 0 && acknowledged < source.size();
    }

    private void resume(int after) throws IOException, InterruptedException {
        List<byte[]> rest = source.subList(after, source.size());
        try (Child<AckCounter> child = startImport()) {
            child.feed(rest);
            int exitCode = child.await();
            if (exitCode != 0 || child.reader().acknowledged() != rest.size()) {
                throw ended("the resumed import", exitCode, child);
            }
        }
    }

    private Child<AckCounter> startImport() throws IOException {
        return Child.ofMainClass(
                importer,
                List.of(
                        "append",
                        directory.toString(),
                        "--policy",
                        policy,
                        "--io",
                        io.name().toLowerCase(Locale.ROOT),
                        "--segment-bytes",
                        Long.toString(SEGMENT_BYTES),
                        "--acks"),
                new AckCounter());
    }

    private LineOracle.Verdict judge(long acknowledged, Wal wal) {
        try (WalReader reader = wal.readFrom(wal.recovery().first())) {
            Stream<LogEntry> entries = StreamSupport.stream(reader.spliterator(), false);
            return oracle.judge(
                    acknowledged,
                    entries.map(entry -> entry.record().valueBytes()).iterator());
        }
    }

    private LineOracle.Verdict judgeWhole() throws IOException, InterruptedException {
        byte[] output = Child.outputOf(COMMAND_LINE, List.of("cat", directory.toString()));
        return oracle.judge(source.size(), lines(output));
    }

    private static Iterator<byte[]> lines(byte[] output) {
        List<byte[]> lines = new ArrayList<>();
        SourceText.addLines(output, lines);
        return lines.iterator();
    }

    private static IOException ended(String what, int exitCode, Child<AckCounter> child) {
        return new IOException("%s ended with exit code %d after %d acknowledgements: %s"
                .formatted(what, exitCode, child.reader().acknowledged(), child.complaints()));
    }
}
