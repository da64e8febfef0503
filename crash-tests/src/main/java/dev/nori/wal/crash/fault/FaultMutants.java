package dev.nori.wal.crash.fault;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.crash.AppendMode;
import dev.nori.wal.crash.Edit;
import dev.nori.wal.crash.Hunt;
import dev.nori.wal.crash.Hunted;
import dev.nori.wal.crash.Mutant;
import dev.nori.wal.crash.MutantClasses;
import dev.nori.wal.crash.Seeds;
import dev.nori.wal.crash.Sizes;
import dev.nori.wal.crash.device.Formatted;
import dev.nori.wal.crash.disk.CrashDisk;
import dev.nori.wal.crash.disk.Fault;
import dev.nori.wal.crash.disk.FileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** The changes of the library that show when something fails. Those that need a failing device are hunted where there is one. */
final class FaultMutants {
    private static final String FAILURE = "dev/nori/wal/handoff/Failure.java";
    private static final String WRITER = "dev/nori/wal/flush/Writer.java";
    private static final String STAGE = "dev/nori/wal/handoff/Stage.java";
    private static final String HOUSEKEEPER = "dev/nori/wal/flush/Housekeeper.java";
    private static final String LINUX_FILE = "dev/nori/wal/io/linux/LinuxFile.java";
    private static final String NIO_FILE = "dev/nori/wal/io/nio/NioFile.java";
    private static final String MENDING = "dev/nori/wal/recover/Mending.java";
    private static final String SEGMENT_CHAIN = "dev/nori/wal/recover/SegmentChain.java";

    private static final String CONTROL_FILE = "dev/nori/wal/segment/ControlFile.java";
    private static final String EXCHANGE = "dev/nori/wal/assembly/Exchange.java";
    private static final String WAL = "dev/nori/wal/assembly/DurableWal.java";
    private static final String NOTES = "dev/nori/wal/flush/Notes.java";

    private static final String FINAL = "a failed write or sync is final, and told to everybody";
    private static final String KEPT = "nothing acknowledged is lost to a device that fails";

    private final Formatted formatted;

    FaultMutants(Formatted formatted) {
        this.formatted = formatted;
    }

    /** A plan of the port in which each call fails in turn. */
    private record PortHunt(int trial) implements Hunt {
        @Override
        public int attempts() {
            return 1;
        }

        @Override
        public Optional<String> attempt(MutantClasses classes, Path directory, long seed) throws IOException {
            return PortSearch.in(classes, trial);
        }
    }

    /** Files that may not grow. */
    private record LimitHunt(int attempts, Setting setting) implements Hunt {
        @Override
        public Optional<String> attempt(MutantClasses classes, Path directory, long seed)
                throws IOException, InterruptedException {
            return new LimitTrial(setting, classes, directory, seed)
                    .run()
                    .trial()
                    .wrong();
        }
    }

    /** A device of which one of the first requests fails. */
    private record DeviceHunt(int attempts, FaultPlan plan, Formatted formatted) implements Hunt {
        private static final int LATEST_REQUEST = 24;

        @Override
        public Optional<String> attempt(MutantClasses classes, Path directory, long seed)
                throws IOException, InterruptedException {
            long nth = 1L + new SplittableRandom(Seeds.mix(seed, 1)).nextInt(LATEST_REQUEST);
            return DevicePart.run(plan.failingAt(nth), classes, formatted, directory, seed)
                    .trial()
                    .wrong();
        }
    }

    /** All that can be hunted on this machine, the plainest first. */
    List<Hunted> table() {
        List<Hunted> table = new ArrayList<>(atThePort());
        table.addAll(underALimit());
        if (CrashDisk.missing(FileSystem.EXT4).isEmpty()) table.addAll(onADevice());
        return table;
    }

    private static List<Hunted> atThePort() {
        return List.of(
                new Hunted(
                        mutant("a failure is not latched", FAILURE, "first.compareAndSet(null, cause);", "", FINAL),
                        eachCall("eio")),
                new Hunted(
                        new Mutant(
                                "the writer goes on after a failure",
                                List.of(
                                        new Edit(WRITER, "if (stage.failure().isLatched()) return false;", ""),
                                        new Edit(STAGE, "if (failure.isLatched()) return 0;", "")),
                                "the durable position never moves after a failure",
                                FaultLevel.NAME),
                        eachCall("eio")),
                new Hunted(
                        mutant(
                                "a full disk is taken for a failure",
                                HOUSEKEEPER,
                                "if (e.kind() != IoFailure.Kind.FULL) throw e;",
                                "if (e.kind() != null) throw e;",
                                "a full disk is a state, not a death"),
                        eachCall("no space")),
                new Hunted(
                        mutant(
                                "a reset looks for its segment when it is too late",
                                WAL,
                                "rooms.appender().closeWithNext()",
                                "null;\n            rooms.appender().close()",
                                "a full disk is a state, not a death"),
                        eachCallOfUpkeep("no space")),
                new Hunted(
                        mutant(
                                "what a failed sync left is not written anew",
                                MENDING,
                                "for (SegmentScan scan : scans) scan.writeAnew(durable);",
                                "",
                                "what an open has reported survives a power cut"),
                        eachCall("failed sync")),
                new Hunted(
                        mutant(
                                "a slot that could not be written is taken for written",
                                CONTROL_FILE,
                                "for (int i = 0; i < SLOTS; i++) file.writeDurably((long) i * ControlSlot.SLOT_BYTES, bytes);",
                                """
                                for (int i = 0; i < SLOTS; i++) {
                                    try {
                                        file.writeDurably((long) i * ControlSlot.SLOT_BYTES, bytes);
                                    } catch (IoFailure ignored) {
                                    }
                                }""",
                                FINAL),
                        eachCallOfUpkeep("failed sync")),
                new Hunted(
                        mutant(
                                "a change of the control file that failed is acknowledged",
                                NOTES,
                                "stage.fail(e);",
                                "if (e != null) return;",
                                FINAL),
                        eachCallOfUpkeep("failed sync")),
                new Hunted(
                        mutant(
                                "a failure is left behind when rooms are exchanged",
                                EXCHANGE,
                                "old.stage().failure().check();",
                                "",
                                FINAL),
                        eachCallOfUpkeep("failed sync")));
    }

    private static List<Hunted> underALimit() {
        return List.of(new Hunted(
                new Mutant(
                        "a short write is taken for a whole one",
                        List.of(progress("pwrite"), progress("pwritev2")),
                        KEPT,
                        FaultLevel.NAME),
                new LimitHunt(6, new Setting(FsyncPolicy.always(), IoMode.BUFFERED))));
    }

    private static Edit progress(String call) {
        String checked = "checkedProgress(\"%s\", n, offsetBytes + done, length - done);".formatted(call);
        return new Edit(LINUX_FILE, "done += " + checked, checked + " done = length;");
    }

    private List<Hunted> onADevice() {
        Hunt cutLater = device(FsyncPolicy.always(), IoMode.NIO, AppendMode.SYNC, Ending.CUT);
        return List.of(
                new Hunted(
                        mutant("a failed sync is ignored", NIO_FILE, "throw failure(\"force \" + path, e);", "", KEPT),
                        cutLater),
                new Hunted(
                        mutant(
                                "a failed sync is tried again",
                                NIO_FILE,
                                "throw failure(\"force \" + path, e);",
                                "try { channel.force(false); } catch (IOException again) { throw failure(\"force\", again); }",
                                KEPT),
                        cutLater),
                new Hunted(
                        mutant(
                                "reopening trusts the page cache",
                                SEGMENT_CHAIN,
                                "files.file(id).forgetCached(firstDoubtful(header));",
                                "",
                                "what an open has reported survives a power cut"),
                        device(FsyncPolicy.os(), IoMode.BUFFERED, AppendMode.MIXED, Ending.REOPEN)));
    }

    private static Mutant mutant(String name, String file, String find, String replace, String breaks) {
        return Mutant.of(name, file, find, replace, breaks, FaultLevel.NAME);
    }

    private static Hunt eachCall(String kind) {
        return new PortHunt(PortPlan.trialOf(kind));
    }

    private static Hunt eachCallOfUpkeep(String kind) {
        return new PortHunt(PortPlan.upkeepTrialOf(kind));
    }

    private Hunt device(FsyncPolicy policy, IoMode io, AppendMode mode, Ending ending) {
        Fault write = new Fault(Fault.Target.WRITE, 1, Fault.Extent.ONCE);
        FaultPlan plan = new FaultPlan(FileSystem.EXT4, policy, io, mode, 4, Sizes.VARIED, 1 << 20, write, ending);
        return new DeviceHunt(10, plan, formatted);
    }
}
