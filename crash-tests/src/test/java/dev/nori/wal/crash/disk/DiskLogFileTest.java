package dev.nori.wal.crash.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskLogFileTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void bringsBackEveryStateOfTheLog() throws IOException {
        DiskLog log = log();
        DiskLogFile.write(log, folder.resolve("log"));
        DiskLog again = DiskLogFile.read(folder.resolve("log"));
        assertEquals(log.size(), again.size());
        assertEquals(OptionalLong.of(77), again.markBefore(again.size()));
        for (int cutPoint = 0; cutPoint <= log.size(); cutPoint++) {
            byte[] one = new ImageChooser(log, 1, Tearing.at(512))
                    .choose(cutPoint, 3)
                    .image()
                    .read(0, 16 << 10);
            byte[] other = new ImageChooser(again, 1, Tearing.at(512))
                    .choose(cutPoint, 3)
                    .image()
                    .read(0, 16 << 10);
            assertArrayEquals(one, other);
        }
    }

    @Test
    void refusesAFileThatIsCutShort() throws IOException {
        Path file = folder.resolve("log");
        DiskLogFile.write(log(), file);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThrows(IOException.class, () -> DiskLogFile.read(file));
    }

    @Test
    void writesAnImageThatIsTheDiskByteByByte() throws IOException {
        DiskImage image = new ImageChooser(log(), 1, Tearing.at(512))
                .choose(5, 0, Loss.ALL_KEPT)
                .image();
        image.writeTo(folder.resolve("image"));
        assertArrayEquals(image.read(0, 16 << 10), Files.readAllBytes(folder.resolve("image")));
    }

    private static DiskLog log() {
        VolatileDevice device = new VolatileDevice(DiskImage.blank(16 << 10, 512));
        device.write(4096, filled(4096, 3));
        device.forget();
        device.write(512, filled(1024, 1));
        device.flush();
        device.mark(77);
        device.write(1024, filled(512, 2));
        device.cut();
        return device.log();
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
