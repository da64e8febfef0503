package dev.nori.wal.crash.shutdown;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.crash.AppendMode;
import dev.nori.wal.crash.Edit;
import dev.nori.wal.crash.Hunt;
import dev.nori.wal.crash.Hunted;
import dev.nori.wal.crash.Mutant;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Sizes;
import dev.nori.wal.crash.Upkeep;
import dev.nori.wal.crash.disk.FileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The changes of the library that the loss of the page cache shows, and for each what shows it soonest. */
final class ShutdownMutants {
    private static final String LINUX_FILE = "dev/nori/wal/io/linux/LinuxFile.java";
    private static final String NIO_FILE = "dev/nori/wal/io/nio/NioFile.java";
    private static final String AGING_SEGMENT = "dev/nori/wal/flush/AgingSegment.java";
    private static final String SYNC_SCHEDULE = "dev/nori/wal/flush/SyncSchedule.java";
    private static final String DURABLE_GATE = "dev/nori/wal/append/DurableGate.java";
    private static final String APPENDER = "dev/nori/wal/append/Appender.java";
    private static final String DURABLE_WAL = "dev/nori/wal/assembly/DurableWal.java";
    private static final String MENDING = "dev/nori/wal/recover/Mending.java";

    private static final String CONTROL_FILE = "dev/nori/wal/segment/ControlFile.java";

    private static final String ALWAYS = "under Always nothing acknowledged is lost to a power cut";
    private static final String WINDOW = "under Batch a power cut takes what is younger than the window";

    private static final String NOTED = "metadata and checkpoint are the old ones or the new ones";

    private static final Edit NO_FDATASYNC = new Edit(LINUX_FILE, "answer = Libc.fdatasync(state, fd);", "answer = 0;");
    private static final Edit NO_DSYNC = new Edit(LINUX_FILE, "Libc.RWF_DSYNC)", "0)");

    private static final FsyncPolicy BATCH = FsyncPolicy.batch(Duration.ofMillis(5));

    /**
     * Logs that go down by a plan.
     *
     * @param attempts so many logs, at most
     * @param plan for each log
     */
    private record ShutdownHunt(int attempts, ShutdownPlan plan) implements Hunt {
        @Override
        public Optional<String> attempt(MutantClasses classes, Path directory, long seed)
                throws IOException, InterruptedException {
            return new ShutdownTrial(plan, classes, directory, seed).run().wrong();
        }
    }

    private static final Hunt RIGHT_AFTER_AN_ACK =
            hunt(2, FsyncPolicy.always(), IoMode.BUFFERED, AppendMode.SYNC, 1, Sizes.SMALL, Moment.AFTER_ACK);
    private static final Hunt RIGHT_AFTER_AN_ACK_NIO =
            hunt(2, FsyncPolicy.always(), IoMode.NIO, AppendMode.SYNC, 1, Sizes.SMALL, Moment.AFTER_ACK);
    // Os syncs a full segment only if somebody asks, and nothing else ever makes it durable in so short a time.
    private static final Hunt WHILE_ROLLING =
            hunt(4, FsyncPolicy.os(), IoMode.BUFFERED, AppendMode.MIXED, 2, Sizes.LARGE, Moment.LATE);
    // What a sync that is none claims, the next one that is one makes true: many cuts, of which some come between.
    private static final Hunt WITH_SYNCS = hunt(
            4,
            FsyncPolicy.os(),
            IoMode.BUFFERED,
            AppendMode.MIXED,
            2,
            Sizes.SMALL,
            Collections.nCopies(5, Moment.RANDOM).toArray(Moment[]::new));
    private static final Hunt LONG_AFTER_AN_ACK =
            hunt(2, BATCH, IoMode.BUFFERED, AppendMode.SYNC, 1, Sizes.SMALL, Moment.IDLE);
    private static final Hunt AFTER_A_KILL =
            hunt(4, FsyncPolicy.os(), IoMode.BUFFERED, AppendMode.SYNC, 1, Sizes.SMALL, Moment.KILLED, Moment.LISTED);
    private static final Hunt AFTER_CLOSE =
            hunt(2, FsyncPolicy.os(), IoMode.BUFFERED, AppendMode.SYNC, 1, Sizes.SMALL, Moment.CLOSED);

    private static final Hunt WITH_METADATA = keeping(4, 3, Upkeep.METADATA);
    private static final Hunt WITH_CHECKPOINTS = keeping(4, 3, Upkeep.CHECKPOINT);
    private static final Hunt WITH_CUTS = keeping(6, 3, Upkeep.TRUNCATE_AFTER);

    /** All of them, the plainest first. */
    static final List<Hunted> TABLE = List.of(
            new Hunted(
                    new Mutant("no sync reaches the disk", List.of(NO_FDATASYNC, NO_DSYNC), ALWAYS, ShutdownLevel.NAME),
                    RIGHT_AFTER_AN_ACK),
            new Hunted(
                    mutant(
                            "the timer of Batch is dead",
                            SYNC_SCHEDULE,
                            "nowNanos + batch.window().toNanos()",
                            "NEVER",
                            WINDOW),
                    LONG_AFTER_AN_ACK),
            new Hunted(
                    mutant(
                            "recovery reports without syncing",
                            MENDING,
                            "for (SegmentScan scan : scans) scan.file().sync();",
                            "",
                            "what an open has reported survives a power cut"),
                    AFTER_A_KILL),
            new Hunted(
                    mutant(
                            "acknowledge before the sync",
                            DURABLE_GATE,
                            "if (stage.durable() >= end) return;",
                            "if (end >= 0) return;",
                            ALWAYS),
                    RIGHT_AFTER_AN_ACK),
            new Hunted(
                    new Mutant("a write that syncs only writes", List.of(NO_DSYNC), ALWAYS, ShutdownLevel.NAME),
                    RIGHT_AFTER_AN_ACK),
            new Hunted(
                    mutant("NIO does not force", NIO_FILE, "channel.force(false);", "channel.size();", ALWAYS),
                    RIGHT_AFTER_AN_ACK_NIO),
            new Hunted(
                    mutant(
                            "a full segment is not synced",
                            AGING_SEGMENT,
                            "file.sync();",
                            "",
                            "what was acknowledged before a sync survives a power cut"),
                    WHILE_ROLLING),
            new Hunted(
                    mutant(
                            "sync returns at once",
                            DURABLE_WAL,
                            "public void sync() {",
                            "public void sync() { if (house != null) return;",
                            "what was acknowledged before a sync survives a power cut"),
                    WITH_SYNCS),
            new Hunted(
                    mutant(
                            "a durable append is acknowledged like any other",
                            APPENDER,
                            "return always || durability == Durability.DURABLE;",
                            "return always;",
                            "DURABLE has the promise of Always"),
                    WITH_SYNCS),
            new Hunted(
                    mutant(
                            "the timer of Batch is late",
                            SYNC_SCHEDULE,
                            "nowNanos + batch.window().toNanos()",
                            "nowNanos + 1000 * batch.window().toNanos()",
                            WINDOW),
                    LONG_AFTER_AN_ACK),
            new Hunted(
                    mutant(
                            "the window of Batch begins again with each append",
                            SYNC_SCHEDULE,
                            "if (deadlineNanos != NOT_RUNNING) return;",
                            "",
                            WINDOW),
                    LONG_AFTER_AN_ACK),
            new Hunted(
                    mutant("closing does not sync", DURABLE_WAL, "endInOrder();", "", "a closed log is durable"),
                    AFTER_CLOSE),
            new Hunted(
                    mutant("a slot is not synced", CONTROL_FILE, "file.writeDurably(", "file.write(", NOTED),
                    WITH_METADATA),
            new Hunted(
                    mutant(
                            "metadata wait for the next change",
                            DURABLE_WAL,
                            "now.trimmer().note(slot -> slot.withMetadata(kept));",
                            "house.control().adopt(house.control().current().withMetadata(kept));",
                            NOTED),
                    WITH_METADATA),
            new Hunted(
                    mutant(
                            "a checkpoint is ahead of what is durable",
                            DURABLE_WAL,
                            "awaitDurable(now, at);",
                            "",
                            "a checkpoint speaks of what is there"),
                    WITH_CHECKPOINTS),
            new Hunted(
                    mutant(
                            "a checkpoint waits for what is written only",
                            DURABLE_WAL,
                            "awaitDurable(now, at);",
                            "now.gate().awaitWritten(at);",
                            "a checkpoint speaks of what is there"),
                    WITH_CHECKPOINTS),
            new Hunted(
                    mutant(
                            "a cut that takes nothing does not sync",
                            DURABLE_WAL,
                            "awaitDurable(rooms, cut);",
                            "",
                            "what a cut leaves is durable"),
                    WITH_CUTS));

    private ShutdownMutants() {}

    private static Mutant mutant(String name, String file, String find, String replace, String breaks) {
        return Mutant.of(name, file, find, replace, breaks, ShutdownLevel.NAME);
    }

    private static Hunt keeping(int attempts, int cuts, Upkeep... upkeep) {
        return new ShutdownHunt(
                attempts,
                new ShutdownPlan(
                        FileSystem.EXT4,
                        FsyncPolicy.os(),
                        IoMode.BUFFERED,
                        AppendMode.SYNC,
                        1,
                        Sizes.SMALL,
                        1 << 20,
                        Collections.nCopies(cuts, Moment.AFTER_ACK),
                        Set.of(upkeep)));
    }

    private static Hunt hunt(
            int attempts, FsyncPolicy policy, IoMode io, AppendMode mode, int threads, Sizes sizes, Moment... moments) {
        return new ShutdownHunt(
                attempts,
                new ShutdownPlan(
                        FileSystem.EXT4, policy, io, mode, threads, sizes, 1 << 20, List.of(moments), Upkeep.NONE));
    }
}
