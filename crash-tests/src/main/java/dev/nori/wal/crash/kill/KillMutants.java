package dev.nori.wal.crash.kill;

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
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The changes of the library that a kill shows, and for each what shows it soonest. */
final class KillMutants {
    private static final String STAGE = "dev/nori/wal/handoff/Stage.java";
    private static final String STAGE_FILE = "dev/nori/wal/handoff/StageFile.java";
    private static final String RECOVERY = "dev/nori/wal/recover/Recovery.java";
    private static final String STAGE_MAPPING = "dev/nori/wal/io/StageMapping.java";
    private static final String DIRECTORY_LOCK = "dev/nori/wal/io/DirectoryLock.java";
    private static final String FRAME_CURSOR = "dev/nori/wal/frame/FrameCursor.java";
    private static final String APPENDER = "dev/nori/wal/append/Appender.java";

    private static final String EXCHANGE = "dev/nori/wal/assembly/Exchange.java";
    private static final String DURABLE_WAL = "dev/nori/wal/assembly/DurableWal.java";
    private static final String TRIMMER = "dev/nori/wal/flush/Trimmer.java";

    private static final String ACKNOWLEDGED = "nothing acknowledged is lost to kill -9";

    private static final String CUT_OFF = "what was cut away never comes back";
    private static final String NOTED = "metadata and checkpoint are the old ones or the new ones";

    /**
     * Logs that are killed by a plan.
     *
     * @param attempts so many logs, at most
     * @param plan for each log
     */
    private record KillHunt(int attempts, KillPlan plan) implements Hunt {
        @Override
        public Optional<String> attempt(MutantClasses classes, Path directory, long seed)
                throws IOException, InterruptedException {
            return new KillTrial(plan, classes, directory, seed).run().wrong();
        }
    }

    private static final Hunt RIGHT_AFTER_AN_ACK = hunt(2, 1, AppendMode.SYNC, 1, Sizes.SMALL, 4, Moment.AFTER_ACK);
    private static final Hunt WITH_A_ROLL_IN_THE_STAGE =
            hunt(6, 2, AppendMode.SYNC, 2, Sizes.LARGE, 1, Moment.AFTER_ACK);
    private static final Hunt HALFWAY_THROUGH_A_RECORD = hunt(6, 2, AppendMode.SYNC, 2, Sizes.HUGE, 4, Moment.ROLL);
    private static final Hunt HALFWAY_THROUGH_A_BATCH = hunt(6, 2, AppendMode.BATCH, 2, Sizes.LARGE, 4, Moment.ROLL);
    private static final Hunt WITH_A_SECOND_OPENER =
            hunt(1, 1, AppendMode.SYNC, 1, Sizes.SMALL, 4, Moment.SECOND_OPENER);

    private static final Hunt WITH_CUTS = keeping(6, 3, Sizes.SMALL, Moment.AFTER_ACK, Upkeep.TRUNCATE_AFTER);
    // Only what is durable is trimmed away, which under Os is what is sealed.
    private static final Hunt WITH_A_TRIMMED_FRONT = keeping(
            FsyncPolicy.batch(Duration.ofMillis(5)),
            6,
            3,
            Sizes.LARGE,
            Moment.RANDOM,
            Upkeep.TRUNCATE_BEFORE,
            Upkeep.FOLLOW);
    private static final Hunt WITH_METADATA = keeping(4, 2, Sizes.SMALL, Moment.AFTER_ACK, Upkeep.METADATA);

    /** All of them, the plainest first. */
    static final List<Hunted> TABLE = List.of(
            new Hunted(
                    mutant(
                            "acknowledge before the stage knows",
                            STAGE,
                            "file.set(StageLayout.LONG, StageLayout.COMMITTED, end);",
                            "",
                            ACKNOWLEDGED),
                    RIGHT_AFTER_AN_ACK),
            new Hunted(
                    mutant(
                            "the stage is private memory",
                            STAGE_MAPPING,
                            "channel.map(MapMode.READ_WRITE,",
                            "channel.map(MapMode.PRIVATE,",
                            ACKNOWLEDGED),
                    RIGHT_AFTER_AN_ACK),
            new Hunted(
                    mutant(
                            "recovery ignores the stage",
                            RECOVERY,
                            "if (left.isEmpty()) return;",
                            "if (left.isEmpty() || left.isPresent()) return;",
                            ACKNOWLEDGED),
                    RIGHT_AFTER_AN_ACK),
            new Hunted(
                    mutant(
                            "recovery leaves the last record in the stage",
                            STAGE_FILE,
                            "long committed = file.get(StageLayout.LONG, StageLayout.COMMITTED);",
                            "long committed = file.get(StageLayout.LONG, StageLayout.COMMITTED) - 8;",
                            ACKNOWLEDGED),
                    RIGHT_AFTER_AN_ACK),
            new Hunted(
                    mutant(
                            "the stage does not know of a roll",
                            STAGE,
                            "StageLayout.putSlot(file, roll.previousEnd(), roll.header());",
                            "",
                            ACKNOWLEDGED),
                    WITH_A_ROLL_IN_THE_STAGE),
            new Hunted(
                    mutant(
                            "a generation is used twice",
                            RECOVERY,
                            "generation = finding.highestGeneration();",
                            "generation = finding.highestGeneration() - 1;",
                            "every open begins a generation of its own"),
                    RIGHT_AFTER_AN_ACK),
            new Hunted(
                    mutant(
                            "the lock is not taken",
                            DIRECTORY_LOCK,
                            "if (answer != LockFile.Answer.TAKEN) throw refused(path, readOwner(file));",
                            "",
                            "a second process is refused"),
                    WITH_A_SECOND_OPENER),
            new Hunted(
                    mutant(
                            "a frame counts without its checksum",
                            FRAME_CURSOR,
                            "return checksum.finish((int) payloadBytes, word1, generation, position) == (int) word0;",
                            "return true;",
                            "never a record nobody appended"),
                    HALFWAY_THROUGH_A_RECORD),
            new Hunted(batchRecordByRecord(), HALFWAY_THROUGH_A_BATCH),
            new Hunted(
                    mutant(
                            "the intention of a cut is not noted",
                            EXCHANGE,
                            "house.control().change(intention);",
                            "house.control().adopt(intention.apply(house.control().current()));",
                            CUT_OFF),
                    WITH_CUTS),
            new Hunted(
                    mutant(
                            "the new front is not noted",
                            TRIMMER,
                            "notes.change(slot -> slot.startingAt(start));",
                            "",
                            "the log begins where its front was trimmed to"),
                    WITH_A_TRIMMED_FRONT),
            new Hunted(
                    mutant(
                            "metadata are only remembered",
                            DURABLE_WAL,
                            "now.trimmer().note(slot -> slot.withMetadata(kept));",
                            "house.control().adopt(house.control().current().withMetadata(kept));",
                            NOTED),
                    WITH_METADATA));

    private KillMutants() {}

    private static Mutant mutant(String name, String file, String find, String replace, String breaks) {
        return Mutant.of(name, file, find, replace, breaks, KillLevel.NAME);
    }

    private static Mutant batchRecordByRecord() {
        String frame = "long start = append(new EncodedDraft().encode(batch), durability);";
        String positions =
                "for (int i = 0; i < drafts.size(); i++) positions.add(new Position(start + batch.offsetInFrame(i)));";
        String each = "for (RecordDraft each : drafts) positions.add(new Position(append(each, durability)));";
        return new Mutant(
                "a batch is committed record by record",
                List.of(new Edit(APPENDER, frame, ""), new Edit(APPENDER, positions, each)),
                "never half a batch",
                KillLevel.NAME);
    }

    private static Hunt keeping(int logs, int kills, Sizes sizes, Moment moment, Upkeep... upkeep) {
        return keeping(FsyncPolicy.os(), logs, kills, sizes, moment, upkeep);
    }

    private static Hunt keeping(FsyncPolicy policy, int logs, int kills, Sizes sizes, Moment moment, Upkeep... upkeep) {
        List<Moment> moments = Collections.nCopies(kills, moment);
        Set<Upkeep> kinds = Set.of(upkeep);
        return new KillHunt(
                logs, new KillPlan(policy, IoMode.BUFFERED, AppendMode.SYNC, 1, sizes, 1 << 20, moments, kinds));
    }

    private static Hunt hunt(
            int logs, int kills, AppendMode mode, int threads, Sizes sizes, int segmentMiB, Moment moment) {
        List<Moment> moments = Collections.nCopies(kills, moment);
        FsyncPolicy policy = FsyncPolicy.os();
        return new KillHunt(
                logs,
                new KillPlan(
                        policy, IoMode.BUFFERED, mode, threads, sizes, (long) segmentMiB << 20, moments, Upkeep.NONE));
    }
}
