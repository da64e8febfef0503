package dev.nori.wal.crash.disk;

import java.nio.file.Path;

/**
 * The program under test, as two commands. Both run as child processes, so they may map files.
 *
 * <p>The engine starts the processes, and sets where their output goes.
 */
public interface CrashSubject {
    /**
     * The program at work. It prints a line {@code ACK n} on its standard output once everything up to {@code n} must
     * survive a power cut, with {@code n} growing; other lines are ignored. It ends by itself or is killed.
     *
     * @param directory an empty directory on the disk
     */
    ProcessBuilder workload(Path directory);

    /**
     * Recovers what the crash left and judges it: exit status 0 if every promise was kept.
     *
     * @param directory the same directory after the crash
     * @param acknowledged the largest {@code n} read before the power was cut; 0 if none
     */
    ProcessBuilder verification(Path directory, long acknowledged);
}
