package dev.nori.wal.crash.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MountsTest {
    @Test
    void readsALineOfTheTable() {
        String line = "36 35 7:0 / /mnt/a rw,noatime shared:1 - ext4 /dev/loop0 rw,data=ordered";
        assertEquals(new Mounts.Mount(Path.of("/mnt/a"), "ext4", "/dev/loop0"), Mounts.parse(line));
    }

    @Test
    void readsALineWithoutOptionalFieldsAndWithASpaceInTheName() {
        String line = "36 35 0:39 / /mnt/two\\040words rw - fuse nori-crash-disk rw";
        assertEquals(new Mounts.Mount(Path.of("/mnt/two words"), "fuse", "nori-crash-disk"), Mounts.parse(line));
    }
}
