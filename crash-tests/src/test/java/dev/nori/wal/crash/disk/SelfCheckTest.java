package dev.nori.wal.crash.disk;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.crash.disk.SelfCheck.Verdict;
import dev.nori.wal.crash.disk.ShutdownDisk.Manner;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelfCheckTest {
    @ParameterizedTest
    @EnumSource(FileSystem.class)
    void trustsTheCrashDisk(FileSystem fileSystem) throws IOException {
        Machine.requiresCrashDisk(fileSystem);
        Verdict verdict = SelfCheck.crashDisk(fileSystem, 512);
        assertTrue(verdict.passed(), verdict.describe());
    }

    @ParameterizedTest
    @EnumSource(FileSystem.class)
    void trustsTheCrashDiskWithLargeSectors(FileSystem fileSystem) throws IOException {
        Machine.requiresCrashDisk(fileSystem);
        Verdict verdict = SelfCheck.crashDisk(fileSystem, 4096);
        assertTrue(verdict.passed(), verdict.describe());
    }

    @ParameterizedTest
    @EnumSource(names = {"EXT4", "BTRFS"})
    void seesSyncedDataLostWhenTheFileSystemDoesNotFlush(FileSystem fileSystem) throws IOException {
        Machine.requiresCrashDisk(fileSystem);
        Verdict verdict = SelfCheck.crashDisk(fileSystem, 512, fileSystem.withoutBarriers());
        assertFalse(verdict.passed(), verdict.describe());
        assertTrue(verdict.syncedLost() > 0, verdict.describe());
    }

    @ParameterizedTest
    @EnumSource(names = {"EXT4", "XFS"})
    void trustsTheShutdownDisk(FileSystem fileSystem) throws IOException {
        Machine.requiresShutdownDisk(fileSystem);
        Verdict verdict = SelfCheck.shutdownDisk(fileSystem, Manner.FLUSH_NOTHING);
        assertTrue(verdict.passed(), verdict.describe());
    }

    @ParameterizedTest
    @EnumSource(names = {"EXT4", "XFS"})
    void doesNotTrustAShutdownThatFlushes(FileSystem fileSystem) throws IOException {
        Machine.requiresShutdownDisk(fileSystem);
        Verdict verdict = SelfCheck.shutdownDisk(fileSystem, Manner.FLUSH_ALL);
        assertFalse(verdict.passed(), verdict.describe());
        assertTrue(verdict.unsyncedKept() > 0, verdict.describe());
    }
}
