package dev.nori.wal.crash.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Mounts crash states one after the other and lets the program under test judge them. */
final class Verification {
    /**
     * What became of one state.
     *
     * @param violation what was wrong; empty if every promise was kept
     * @param log what recovery did to the disk
     */
    record Outcome(Optional<String> violation, DiskLog log) {}

    private final CrashPlan plan;
    private final Path mountPoint;
    private final Judge judge;

    /**
     * @param mountPoint an existing directory
     * @param output a file that is written over, not on the disk
     */
    Verification(CrashPlan plan, CrashSubject subject, Path mountPoint, Path output) {
        this.plan = plan;
        this.mountPoint = mountPoint;
        this.judge = new Judge(subject, plan.patience(), output);
    }

    /**
     * Mounts and verifies one state.
     *
     * @return empty if the file system refuses to mount it
     * @throws IOException if the harness itself fails
     */
    Optional<Outcome> verify(DiskImage image, long acknowledged) throws IOException, InterruptedException {
        try (CrashDisk disk = CrashDisk.start(image)) {
            try {
                disk.mount(plan.fileSystem(), mountPoint, plan.mountOptionArray());
            } catch (IOException refused) {
                return Optional.empty();
            }
            Optional<String> violation = judge.judge(mountPoint.resolve(CrashTrial.FOLDER), acknowledged);
            disk.unmount();
            return Optional.of(new Outcome(violation, disk.log()));
        }
    }
}
