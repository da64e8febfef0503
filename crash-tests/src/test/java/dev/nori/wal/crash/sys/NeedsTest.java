package dev.nori.wal.crash.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class NeedsTest {
    @Test
    void nameEverythingThatIsMissingInOneLine() {
        Needs needs = new Needs().program("mkfs.nosuch").device("/dev/nosuch").fileSystem("nosuchfs");
        assertEquals(
                Optional.of("mkfs.nosuch not found, /dev/nosuch does not exist, kernel has no nosuchfs"),
                needs.missing());
    }

    @Test
    void areMetWhenNothingIsAskedFor() {
        assertEquals(Optional.empty(), new Needs().missing());
    }

    @Test
    void findAProgramThatEveryMachineHas() {
        assertEquals(Optional.empty(), new Needs().program("sh").missing());
    }

    @Test
    void failuresOfCallsNameTheCallAndTheError() {
        SysException failure = assertThrows(SysException.class, () -> SysException.check(-5, "fsync here"));
        assertEquals("fsync here: EIO (5)", failure.getMessage());
        assertEquals(Errno.EIO, failure.errno());
    }
}
