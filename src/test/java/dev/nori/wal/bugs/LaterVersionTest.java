package dev.nori.wal.bugs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.frame.FrameChecksum;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.log.Folders;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bug 11: an older version cut away what a newer one had written. */
class LaterVersionTest {
    private static final int BLOCK = 4096;
    private static final int RECORDS = 20;

    private final Setting setting = new Setting(Engine.NIO, Policy.BATCH);

    @TempDir
    Path home;

    private Path directory;
    private Path segment;

    @BeforeEach
    void write() {
        directory = home.resolve("log");
        segment = Folders.segment(directory, 0);
        try (Wal wal = setting.open(directory)) {
            Records.append(wal, 0, RECORDS);
        }
    }

    private void assertRefuses() throws Exception {
        Map<String, byte[]> before = Folders.contents(directory);
        for (Policy policy : Policy.values()) {
            assertThrows(
                    WalException.Unsupported.class,
                    () -> new Setting(Engine.NIO, policy).open(directory).close());
        }
        Folders.assertUntouched(before, directory);
    }

    /** Writes a header's field and makes the checksum right again. */
    private void changeHeader(int offset, int value) throws Exception {
        byte[] block = new byte[BLOCK];
        byte[] file = Files.readAllBytes(segment);
        System.arraycopy(file, 0, block, 0, BLOCK);
        ByteBuffer header = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        header.putShort(offset, (short) value);
        CRC32C crc = new CRC32C();
        crc.update(block, 0, 84);
        header.putInt(84, (int) crc.getValue());
        Folders.overwrite(segment, 0, block);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 0xFFFF})
    void isRefusedByItsNumber(int version) throws Exception {
        changeHeader(8, version);
        assertRefuses();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 12, 14, 60, 80})
    void isRefusedByABitThatIsNotKnown(int offset) throws Exception {
        changeHeader(offset, 1);
        assertRefuses();
    }

    /** An open begins the next generation, and would begin again with 0: older than all there is. */
    @Test
    void isRefusedOnceNoGenerationIsLeft() throws Exception {
        changeHeader(56, 0xFFFE);
        changeHeader(58, 0xFFFF);
        try (Wal wal = setting.open(directory)) {
            Records.append(wal, 0, RECORDS);
            assertEquals(RECORDS, Records.entries(wal).size());
        }
        assertFalse(Wal.verify(directory).isSound());
        assertRefuses();
    }

    /** What may be new in a frame. */
    enum News {
        FLAG {
            @Override
            long in(long word1) {
                return word1 | 0x80L << 8;
            }
        },
        KIND {
            @Override
            long in(long word1) {
                return (word1 & ~0xFFL) | 9;
            }
        };

        abstract long in(long word1);
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedByAFrameThatIsNotKnown(News news) throws Exception {
        changeFrame(segment, BLOCK, frame(7), news);
        assertRefuses();
        Files.delete(directory.resolve("STAGE"));
        Map<String, byte[]> before = Folders.contents(directory);
        assertThrows(
                WalException.Unsupported.class, () -> setting.open(directory).close());
        assertArrayEquals(before.get("0000000000.wal"), Files.readAllBytes(segment));
    }

    /** A killed process of a later version leaves its news in the stage. */
    @ParameterizedTest
    @EnumSource
    void isRefusedByAFrameThatIsStillInTheStage(News news) throws Exception {
        Path copy = home.resolve("copy");
        LogEntry last;
        Setting os = new Setting(Engine.NIO, Policy.OS);
        try (Wal wal = os.open(home.resolve("other"))) {
            wal.sync();
            Records.append(wal, 0, 3);
            last = Records.entries(wal).get(0);
            Folders.copy(home.resolve("other"), copy);
        }
        directory = copy;
        segment = Folders.segment(copy, 0);
        changeFrame(copy.resolve("STAGE"), BLOCK, last, news);
        changeFrame(segment, BLOCK, last, news);
        assertRefuses();
    }

    private LogEntry frame(int number) {
        try (Wal wal = setting.open(directory)) {
            return Records.entries(wal).get(number);
        }
    }

    /** All appended in the first generation. */
    private static void changeFrame(Path file, long base, LogEntry entry, News news) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int at = (int) (base + entry.position().bytes());
        int length = bytes.getInt(at + 4);
        if (length == 0) return; // not in this file yet
        long word1 = news.in(bytes.getLong(at + 8));
        FrameChecksum checksum = new FrameChecksum().reset();
        checksum.update(MemorySegment.ofBuffer(bytes), at + FrameLayout.HEADER_BYTES, length);
        bytes.putLong(at + 8, word1);
        bytes.putInt(at, checksum.finish(length, word1, 1, entry.position().bytes()));
        Folders.overwrite(file, 0, bytes.array());
    }

    /** A later version may have a larger stage, with acknowledged records in it. */
    @Test
    void keepsItsStageWhateverItsSize() throws Exception {
        changeHeader(8, 2);
        byte[] stage = Files.readAllBytes(directory.resolve("STAGE"));
        byte[] larger = java.util.Arrays.copyOf(stage, stage.length + (1 << 20));
        Files.write(directory.resolve("STAGE"), larger);
        assertRefuses();
    }
}
