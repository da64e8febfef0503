package dev.nori.wal.crash.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.crash.disk.Fault.Extent;
import dev.nori.wal.crash.disk.Fault.Target;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrashDiskTest {
    private static final FileSystem EXT4 = FileSystem.EXT4;
    private static final byte[] ONE = "one".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void needsTheMachine() {
        Machine.requiresCrashDisk(EXT4);
    }

    @AfterEach
    void leavesNothingInTheSystem() throws IOException {
        assertEquals(List.of(), Machine.traces());
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void hasTheSectorSizeItWasGiven(int sectorSizeBytes) throws IOException {
        try (CrashDisk disk = CrashDisk.start(DiskImage.blank(32 << 20, sectorSizeBytes))) {
            String name = disk.device().getFileName().toString();
            Path queue = Path.of("/sys/block", name, "queue");
            assertEquals(sectorSizeBytes + "\n", Files.readString(queue.resolve("logical_block_size")));
            assertEquals("write back\n", Files.readString(queue.resolve("write_cache")));
            assertEquals("1\n", Files.readString(Path.of("/sys/block", name, "loop/dio")));
        }
    }

    @Test
    void seesAFlushForEverySyncAndNoneWithoutOne() throws IOException {
        try (CrashDisk disk = mounted()) {
            try (FileChannel file = create("file")) {
                file.write(ByteBuffer.wrap(ONE));
                long before = disk.counts().flushes();
                file.write(ByteBuffer.wrap(ONE));
                assertEquals(before, disk.counts().flushes());
                file.force(false);
                assertTrue(disk.counts().flushes() > before);
            }
        }
    }

    @Test
    void failsEveryCallOnItsFilesOnceItIsCut() throws IOException {
        try (CrashDisk disk = mounted()) {
            try (FileChannel file = create("file")) {
                file.write(ByteBuffer.wrap(ONE));
                disk.cut();
                assertThrows(IOException.class, () -> file.force(true));
            }
            disk.unmount();
        }
    }

    @Test
    void failsASyncWhenAFlushFails() throws IOException {
        try (CrashDisk disk = mounted()) {
            try (FileChannel file = create("file")) {
                file.write(ByteBuffer.wrap(ONE));
                file.force(true);
                disk.inject(new Fault(Target.FLUSH, 1, Extent.ONCE));
                file.write(ByteBuffer.wrap(ONE), 0);
                assertThrows(IOException.class, () -> file.force(false));
            }
            assertEquals(1, disk.counts().failedFlushes());
        }
    }

    @Test
    void failsASyncWhenAWriteFails() throws IOException {
        try (CrashDisk disk = mounted()) {
            try (FileChannel file = create("file")) {
                disk.inject(new Fault(Target.WRITE, 1, Extent.FOR_GOOD));
                file.write(ByteBuffer.wrap(ONE));
                assertThrows(IOException.class, () -> file.force(true));
                disk.clearFaults();
            }
            assertTrue(disk.counts().failedWrites() > 0);
        }
    }

    @Test
    void canBeCrashedAgainWhileItRecovers() throws IOException {
        DiskLog first;
        try (CrashDisk disk = mounted()) {
            writeAndSync("kept");
            Files.write(directory.resolve("lost"), ONE);
            disk.cut();
            disk.unmount();
            first = disk.log();
        }
        DiskImage afterFirst = new ImageChooser(first, 1, EXT4)
                .choose(first.size(), 0, Loss.ALL_LOST)
                .image();
        DiskLog second;
        try (CrashDisk disk = CrashDisk.start(afterFirst)) {
            disk.mount(EXT4, directory);
            assertArrayEquals(ONE, Files.readAllBytes(directory.resolve("kept")));
            assertFalse(Files.exists(directory.resolve("lost")));
            writeAndSync("recovered");
            disk.cut();
            disk.unmount();
            second = disk.log();
        }
        ImageChooser images = new ImageChooser(second, 1, EXT4);
        for (int i = 0; i < 10; i++) {
            CutImage state = images.choose(second.size(), i);
            try (CrashDisk disk = CrashDisk.start(state.image())) {
                disk.mount(EXT4, directory);
                assertArrayEquals(ONE, Files.readAllBytes(directory.resolve("kept")), state.describe());
                assertArrayEquals(ONE, Files.readAllBytes(directory.resolve("recovered")), state.describe());
            }
        }
    }

    @Test
    void isTakenAwayByForceWhenAFileOnItIsStillOpen() throws IOException {
        CrashDisk disk = mounted();
        try (FileChannel file = create("file")) {
            assertThrows(IOException.class, disk::close);
            assertThrows(IOException.class, () -> {
                file.write(ByteBuffer.wrap(ONE));
                file.force(true);
            });
        }
        disk.close();
    }

    @Test
    void leavesNothingBehindWhenItsFileSystemCannotBeMounted() throws IOException {
        try (CrashDisk disk = CrashDisk.start(DiskImage.blank(32 << 20, 512))) {
            assertThrows(IOException.class, () -> disk.mount(EXT4, directory));
        }
    }

    private CrashDisk mounted() throws IOException {
        CrashDisk disk = CrashDisk.start(DiskImage.blank(EXT4.minimumBytes(), 512));
        disk.format(EXT4);
        disk.mount(EXT4, directory);
        return disk;
    }

    private FileChannel create(String name) throws IOException {
        return FileChannel.open(directory.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private void writeAndSync(String name) throws IOException {
        try (FileChannel file = create(name)) {
            file.write(ByteBuffer.wrap(ONE));
            file.force(true);
        }
    }
}
