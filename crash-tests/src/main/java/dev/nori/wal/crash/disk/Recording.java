package dev.nori.wal.crash.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One run of the workload on a disk that loses power under it.
 *
 * <p>Acknowledgements become marks in the disk's log as they are read, so each cut point knows what it owes: an
 * acknowledgement counts only if it was read before the power went.
 */
final class Recording {
    private Recording() {}

    /**
     * Runs the workload until its time has come, and cuts.
     *
     * @param disk mounted; it is cut and unmounted on return
     * @param delay from the first acknowledgement to the cut, if the workload does not end before
     * @throws IOException if the workload acknowledged nothing in time, or ended before
     */
    static void make(CrashDisk disk, CrashSubject subject, Path directory, Duration delay, Duration patience)
            throws IOException, InterruptedException {
        ProcessBuilder command = subject.workload(directory);
        make(disk, Child.start(command), delay, patience);
    }

    private static void make(CrashDisk disk, Child child, Duration delay, Duration patience)
            throws IOException, InterruptedException {
        AckPipe acks = new AckPipe(child, disk::mark);
        try {
            acks.awaitFirst(patience);
            child.await(delay);
            disk.cut();
        } finally {
            child.kill();
            acks.awaitEnd();
        }
        disk.unmount();
    }
}
