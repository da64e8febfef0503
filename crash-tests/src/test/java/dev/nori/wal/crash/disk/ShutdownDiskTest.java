package dev.nori.wal.crash.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.crash.disk.ShutdownDisk.Manner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownDiskTest {
    private static final FileSystem EXT4 = FileSystem.EXT4;

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void needsTheMachine() {
        Machine.requiresShutdownDisk(EXT4);
    }

    @Test
    void losesAgainAndAgainWhatIsNotSyncedAndLeavesNothingInTheSystem() throws IOException {
        try (ShutdownDisk disk = ShutdownDisk.create(EXT4, EXT4.minimumBytes(), 512)) {
            disk.mount(directory);
            for (int i = 0; i < 3; i++) {
                Path file = directory.resolve("file" + i);
                Files.write(file, new byte[1000]);
                disk.shutdown(Manner.FLUSH_NOTHING);
                assertThrows(IOException.class, () -> Files.write(file, new byte[10]));
                disk.remount();
                assertFalse(Files.exists(file));
            }
        }
        assertEquals(List.of(), Machine.traces());
    }

    @Test
    void isTakenAwayByForceWhenAFileOnItIsStillOpen() throws IOException {
        ShutdownDisk disk = ShutdownDisk.create(EXT4, EXT4.minimumBytes(), 512);
        disk.mount(directory);
        try (OutputStream open = Files.newOutputStream(directory.resolve("file"))) {
            open.write(1);
            assertThrows(IOException.class, disk::close);
            assertFalse(Files.exists(directory.resolve("file")));
        }
    }

    @Test
    void saysWhyItCannotServeBtrfs() {
        assertTrue(ShutdownDisk.missing(FileSystem.BTRFS).orElse("").contains("ENOTTY"));
    }
}
