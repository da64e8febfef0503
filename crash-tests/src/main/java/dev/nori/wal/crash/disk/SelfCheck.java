package dev.nori.wal.crash.disk;

import dev.nori.wal.crash.disk.ShutdownDisk.Manner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Proves that a kit can fail: what is synced must survive it, what is not must be lost.
 *
 * <p>A level whose kit does not pass has proved nothing and must say so. With barriers turned off, or with a shutdown
 * that flushes, the check itself must fail: those are its own self-checks.
 */
public final class SelfCheck {
    private static final int ATTEMPTS = 3;
    private static final long RANDOM_IMAGES = 6;
    private static final long SEED = 1;

    /**
     * What a check saw.
     *
     * @param passed whether the kit can be trusted
     * @param states crash states looked at
     * @param syncedLost of these, the ones that had lost what was synced, or could not be mounted or read
     * @param unsyncedKept the ones that had kept what must be lost in them
     * @param kit what was checked
     */
    public record Verdict(boolean passed, int states, int syncedLost, int unsyncedKept, String kit) {
        static Verdict of(int states, int syncedLost, int unsyncedKept, String kit) {
            boolean passed = states > 0 && syncedLost == 0 && unsyncedKept == 0;
            return new Verdict(passed, states, syncedLost, unsyncedKept, kit);
        }

        /** One line for people. */
        public String describe() {
            return (passed ? "self-check passed: " : "FAILED HARNESS: ") + evidence();
        }

        /** What was checked and what was seen, without a judgement. */
        String evidence() {
            return kit + ", synced data lost in " + syncedLost + ", unsynced data kept in " + unsyncedKept + " of "
                    + states + " states";
        }
    }

    private SelfCheck() {}

    /**
     * Checks the crash disk under a file system.
     *
     * @param mountOptions the ones that the test will use; {@link FileSystem#withoutBarriers} makes it fail
     */
    public static Verdict crashDisk(FileSystem fileSystem, int sectorSizeBytes, String... mountOptions)
            throws IOException {
        Verdict verdict = tryCrashDisk(fileSystem, sectorSizeBytes, mountOptions);
        for (int i = 1; i < ATTEMPTS && hasOnlyKeptTooMuch(verdict); i++) {
            verdict = tryCrashDisk(fileSystem, sectorSizeBytes, mountOptions);
        }
        return verdict;
    }

    /** Checks the shutdown disk; {@link Manner#FLUSH_ALL} makes it fail. */
    public static Verdict shutdownDisk(FileSystem fileSystem, Manner manner) throws IOException {
        Verdict verdict = tryShutdownDisk(fileSystem, manner);
        for (int i = 1; i < ATTEMPTS && hasOnlyKeptTooMuch(verdict); i++) {
            verdict = tryShutdownDisk(fileSystem, manner);
        }
        return verdict;
    }

    // On a crowded machine the file system may find the time to write by itself what nobody synced.
    private static boolean hasOnlyKeptTooMuch(Verdict verdict) {
        return verdict.syncedLost() == 0 && verdict.unsyncedKept() > 0;
    }

    private static Verdict tryCrashDisk(FileSystem fileSystem, int sectorSizeBytes, String... mountOptions)
            throws IOException {
        Path directory = Files.createTempDirectory("nori-self-check-");
        try {
            DiskLog log = record(fileSystem, sectorSizeBytes, directory, mountOptions);
            ImageChooser images = new ImageChooser(log, SEED, fileSystem);
            CrashStates states = new CrashStates(fileSystem, directory, mountOptions);
            states.judge(images.choose(log.size(), 0, Loss.ALL_LOST));
            states.judge(images.choose(log.size(), 0, Loss.ALL_KEPT));
            for (long i = 0; i < RANDOM_IMAGES; i++) states.judge(images.choose(log.size(), i));
            String kit = "crash disk, " + fileSystem.type() + " " + String.join(",", mountOptions);
            return Verdict.of(states.count, states.syncedLost, states.unsyncedKept, kit.strip());
        } finally {
            Files.delete(directory);
        }
    }

    private static DiskLog record(FileSystem fileSystem, int sectorSizeBytes, Path directory, String... mountOptions)
            throws IOException {
        try (CrashDisk disk = CrashDisk.start(DiskImage.blank(fileSystem.minimumBytes(), sectorSizeBytes))) {
            disk.format(fileSystem);
            disk.mount(fileSystem, directory, mountOptions);
            Probe probe = new Probe(directory);
            probe.writeSynced();
            probe.writeUnsynced();
            disk.cut();
            disk.unmount();
            return disk.log();
        }
    }

    /** Counts what the states of one recording show. */
    private static final class CrashStates {
        private final FileSystem fileSystem;
        private final Path directory;
        private final String[] mountOptions;
        private int count;
        private int syncedLost;
        private int unsyncedKept;

        CrashStates(FileSystem fileSystem, Path directory, String... mountOptions) {
            this.fileSystem = fileSystem;
            this.directory = directory;
            this.mountOptions = mountOptions;
        }

        // A direct overwrite is in the disk's cache: it must follow the cache's fate, whichever that is.
        void judge(CutImage state) throws IOException {
            count++;
            try (CrashDisk disk = CrashDisk.start(state.image())) {
                Probe probe = new Probe(directory);
                try {
                    disk.mount(fileSystem, directory, mountOptions);
                    if (!probe.keptSynced()) syncedLost++;
                    boolean overwriteIsWrong = switch (state.loss()) {
                        case ALL_LOST -> probe.keptOverwrite();
                        case ALL_KEPT -> fileSystem.overwritesInPlace() && !probe.keptOverwrite();
                        case SOME_WRITES, SOME_UNITS, ANY_VERSION, TORN -> false;
                    };
                    if (probe.keptUnsynced() || overwriteIsWrong) unsyncedKept++;
                } catch (IOException damaged) {
                    syncedLost++;
                }
            }
        }
    }

    private static Verdict tryShutdownDisk(FileSystem fileSystem, Manner manner) throws IOException {
        Path directory = Files.createTempDirectory("nori-self-check-");
        try (ShutdownDisk disk = ShutdownDisk.create(fileSystem, fileSystem.minimumBytes(), 512)) {
            disk.mount(directory);
            Probe probe = new Probe(directory);
            probe.writeSynced();
            probe.writeUnsynced();
            disk.shutdown(manner);
            disk.remount();
            int lost = probe.keptSynced() ? 0 : 1;
            int kept = probe.keptUnsynced() ? 1 : 0;
            return Verdict.of(1, lost, kept, "shutdown disk, " + fileSystem.type() + " " + manner);
        } finally {
            Files.delete(directory);
        }
    }
}
