package dev.nori.wal.damage;

import dev.nori.wal.Compression;
import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.RecoveryReport;
import dev.nori.wal.Verdict;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalRecord;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.explore.SteppedCrew;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.sim.CrashStates;
import dev.nori.wal.io.sim.SimDisk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A sound log of a few segments, and all there is to know of it.
 *
 * @param image its files
 * @param entries its records, as they come back while it is sound
 * @param claims what in it says how far it was durable
 */
public record SmallLog(Image image, List<LogEntry> entries, List<Claim> claims) {
    private static final long STAGE_BYTES = 16 << 10;
    private static final long SEGMENT_BYTES = 12 << 10;
    private static final long MILLIS = 1_700_000_000_000L;
    private static final long MILLIS_PER_LOOK = 7;
    private static final long A_DAY_MILLIS = 86_400_000;
    private static final long LOG_ID = 0x6C6F67;

    /** How the log came to its end. */
    public enum Ending {
        CLOSED,
        KILLED,
        POWER_CUT
    }

    /** Opens the log of a storage in a world in which nothing happens by itself. */
    public static Wal open(Storage storage) {
        return open(storage, new SteppedCrew(), () -> MILLIS + A_DAY_MILLIS);
    }

    private static Wal open(Storage storage, SteppedCrew crew, LongSupplier clock) {
        WalConfig config = WalConfig.defaults().withFsyncPolicy(FsyncPolicy.os());
        Surroundings world = new Surroundings(crew, () -> 0, clock, () -> LOG_ID, STAGE_BYTES, SEGMENT_BYTES);
        return Assembly.open(storage, config, world);
    }

    /** Writes a log that ends like that: three segments, two generations, every kind of frame; its last records are not durable. */
    public static SmallLog ending(Ending ending) throws IoFailure {
        SimDisk disk = new SimDisk();
        Wal wal = write(disk, Moment.LAST);
        List<LogEntry> entries = read(wal);
        return new Ended(disk, wal, entries).by(ending);
    }

    /** What stood in its files earlier, at one moment after the other. */
    static List<Image> earlier() throws IoFailure {
        List<Image> images = new ArrayList<>();
        for (Moment moment : Moment.values()) {
            SimDisk disk = new SimDisk();
            write(disk, moment);
            images.add(Image.of(disk.storage()));
        }
        return images;
    }

    /** How far the log is written. */
    private enum Moment {
        CLOSED_ONCE,
        SYNCED,
        FLUSHED,
        LAST
    }

    private static Wal write(SimDisk disk, Moment until) {
        AtomicLong millis = new AtomicLong(MILLIS);
        LongSupplier clock = () -> millis.addAndGet(MILLIS_PER_LOOK);
        Content content = new Content();
        Wal first = open(disk.storage(), new SteppedCrew(), clock);
        content.append(first, 11);
        first.close();
        if (until == Moment.CLOSED_ONCE) return first;
        Wal wal = open(disk.storage(), new SteppedCrew(), clock);
        content.append(wal, 20);
        wal.sync();
        if (until == Moment.SYNCED) return wal;
        content.append(wal, 6);
        wal.flush();
        if (until == Moment.FLUSHED) return wal;
        content.append(wal, 3);
        return wal;
    }

    /** The time from the first record to the last. */
    Duration span() {
        return Duration.between(
                entries.getFirst().appendedAt(), entries.getLast().appendedAt());
    }

    /** Whether the segment of a record has its header in another image, too. */
    boolean hasHeaderOf(LogEntry entry, Image other) {
        for (String name : image.files().keySet()) {
            SegmentHeader header = name.endsWith(".wal") ? Claims.header(image.bytes(name)) : null;
            if (header == null || header.basePosition() > entry.position().bytes()) continue;
            if (header.framesEndPosition() <= entry.position().bytes()) continue;
            byte[] now = other.files().get(name);
            return now != null && header.equals(Claims.header(now));
        }
        return false;
    }

    /** Whether a segment behind that of a record has its header in another image, too. */
    boolean hasHeaderBehind(LogEntry entry, Image other) {
        for (String name : image.files().keySet()) {
            SegmentHeader header = name.endsWith(".wal") ? Claims.header(image.bytes(name)) : null;
            byte[] now = other.files().get(name);
            if (header == null || header.basePosition() <= entry.position().bytes()) continue;
            if (now != null && header.equals(Claims.header(now))) return true;
        }
        return false;
    }

    /** The highest position that anything in it says was durable. */
    long durable() {
        return claims.stream().mapToLong(Claim::durable).max().orElse(0);
    }

    /** Where the frame of a record ends. Tombstones are there only as the last of a batch, which comes back whole or not at all. */
    long frameEnd(LogEntry entry) {
        if (!isInBatch(entry)) return entry.next().bytes();
        return entries.get(Math.toIntExact(entry.sequence() + 1)).next().bytes();
    }

    /** Whether a record can be proved: its frame stands where it stood in a segment that has its header or follows one that ends whole. */
    boolean stands(LogEntry entry, Image damaged) {
        for (String name : image.files().keySet()) {
            SegmentHeader header = name.endsWith(".wal") ? Claims.header(image.bytes(name)) : null;
            if (header == null || header.basePosition() > entry.position().bytes()) continue;
            if (header.framesEndPosition() <= entry.position().bytes()) continue;
            byte[] now = damaged.files().get(name);
            if (now == null || !header.equals(Claims.header(now))) return false;
            int from = (int) header.offsetOf(frameStart(entry));
            int to = (int) header.offsetOf(frameEnd(entry));
            if (isStaged(name, from)) return Arrays.equals(stage(image), stage(damaged));
            return to <= now.length && Arrays.equals(image.bytes(name), from, to, now, from, to);
        }
        return false;
    }

    /** Whether a frame is in the stage only. */
    private boolean isStaged(String name, int offset) {
        byte[] header = Arrays.copyOfRange(image.bytes(name), offset, offset + 16);
        return Arrays.equals(header, new byte[header.length]);
    }

    private static byte[] stage(Image image) {
        return image.files().getOrDefault("STAGE", new byte[0]);
    }

    private long frameStart(LogEntry entry) {
        if (!entry.record().isTombstone()) return entry.position().bytes() - (isInBatch(entry) ? 24 : 0);
        return entries.get(Math.toIntExact(entry.sequence() - 1)).position().bytes() - 24;
    }

    private boolean isInBatch(LogEntry entry) {
        int next = Math.toIntExact(entry.sequence() + 1);
        return next < entries.size() && entries.get(next).record().isTombstone();
    }

    /** All records from the first one left. */
    public static List<LogEntry> read(Wal wal) {
        List<LogEntry> entries = new ArrayList<>();
        try (WalReader reader = wal.readFrom(Position.START)) {
            reader.forEach(entries::add);
        }
        return entries;
    }

    /** A log that is about to end. */
    private record Ended(SimDisk disk, Wal wal, List<LogEntry> entries) {
        SmallLog by(Ending ending) throws IoFailure {
            switch (ending) {
                case CLOSED -> wal.close();
                case KILLED, POWER_CUT -> disk.note(ending);
            }
            if (ending == Ending.CLOSED) return of(Image.of(disk.storage()), entries);
            if (ending == Ending.POWER_CUT) return torn();
            disk.kill();
            return of(Image.of(disk.storage()), entries);
        }

        /** Some of what was not durable is there and some is not, and nothing whole stands behind that; the stage is of no use. */
        private SmallLog torn() throws IoFailure {
            CrashStates cuts = disk.journal().last().powerCuts(64, 3);
            Image latest = null;
            long most = 0;
            for (long i = 0; i < cuts.count(); i++) {
                Image image = Image.of(cuts.disk(i).storage());
                RecoveryReport report = SmallLog.open(new ImageStorage(image)).recovery();
                if (!isTorn(report) || report.nextSequence() <= most) continue;
                most = report.nextSequence();
                latest = image;
            }
            if (latest == null) throw new AssertionError("no power cut tears off a part");
            return of(latest, entries);
        }

        private boolean isTorn(RecoveryReport report) {
            boolean torn = report.verdict() instanceof Verdict.TornTail tail && tail.bytesCut() > 0;
            return torn && report.nextSequence() < entries.size() && report.recordsFromStage() == 0;
        }

        private static SmallLog of(Image image, List<LogEntry> entries) {
            List<LogEntry> back = read(SmallLog.open(new ImageStorage(image)));
            if (!back.equals(entries.subList(0, back.size()))) throw new AssertionError("the log is not sound");
            return new SmallLog(image, List.copyOf(back), Claims.of(image));
        }
    }

    /** Records of every kind, the same in every run. */
    private static final class Content {
        private final SplittableRandom random = new SplittableRandom(7);

        void append(Wal wal, int records) {
            for (int i = 0; i < records; i++) {
                if (i % 5 == 3) wal.appendBatch(List.of(record(i), WalRecord.delete(bytes(9))));
                else wal.append(i % 4 == 2 ? compressible(i) : record(i));
            }
        }

        private WalRecord record(int i) {
            return WalRecord.put(bytes(1 + i), bytes(random.nextInt(60, 500)));
        }

        private WalRecord compressible(int i) {
            Compression how = i % 8 == 2 ? Compression.LZ4 : Compression.ZSTD;
            byte[] value = new byte[random.nextInt(200, 2000)];
            System.arraycopy(bytes(40), 0, value, 60, 40);
            return WalRecord.put(bytes(5), value).compressed(how);
        }

        private byte[] bytes(int length) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            return bytes;
        }
    }
}
