package dev.nori.wal.io.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.contract.SmallDisk;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a directory can do direct I/O. */
class DirectProbeTest {
    @TempDir
    Path home;

    @BeforeEach
    void canBeAsked() {
        assumeTrue(LinuxStorage.whyNot().isEmpty(), () -> LinuxStorage.whyNot().orElseThrow());
    }

    @Test
    void isDeniedWhereTheFileSystemRefuses() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(SmallDisk.Type.RAMFS, home)) {
            IoFailure failure = assertThrows(IoFailure.class, () -> LinuxStorage.direct(disk.directory()));
            assertEquals(Kind.UNSUPPORTED, failure.kind());
            assertEquals(22, failure.errno());
            String why = LinuxStorage.whyNotDirect(disk.directory()).orElseThrow();
            assertTrue(why.contains("O_DIRECT") && why.contains("EINVAL"), why);
            assertEquals(List.of(), LinuxStorage.buffered(disk.directory()).list(), "what the probe left");
        }
    }

    @Test
    void isInTheUnitOfTheDevice() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(SmallDisk.Type.EXT4_ON_LARGE_SECTORS, home)) {
            assumeTrue(LinuxStorage.whyNotDirect(disk.directory()).isEmpty());
            try (LogFile file = LinuxStorage.direct(disk.directory()).create("file")) {
                assertEquals(4096, file.alignment());
            }
        }
    }

    @Test
    void isAnsweredOnAFullDiskToo() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(SmallDisk.Type.EXT4, home)) {
            LinuxStorage buffered = LinuxStorage.buffered(disk.directory());
            try (LogFile file = buffered.create("file")) {
                file.allocate(buffered.freeBytes() - 4096);
                LinuxStorage.direct(disk.directory()).close();
            }
        }
    }

    @Test
    void isNotTheQuestionWhereThereIsNoDirectory() {
        IoFailure failure = assertThrows(IoFailure.class, () -> LinuxStorage.direct(home.resolve("nowhere")));
        assertEquals(Kind.NOT_FOUND, failure.kind());
    }
}
