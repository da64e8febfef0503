package dev.nori.wal.io.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage.Access;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A failure of a system call says what was asked, of which file, and why not. */
class LinuxFailureTest {
    @TempDir
    Path directory;

    private LinuxStorage storage;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(LinuxStorage.whyNot().isEmpty(), () -> LinuxStorage.whyNot().orElseThrow());
        storage = LinuxStorage.buffered(directory);
        Files.createDirectory(directory.resolve("folder"));
    }

    @Test
    void whenThereIsNoSuchFile() {
        assertFailure(Kind.NOT_FOUND, 2, "open D/missing: ENOENT (2)", () -> storage.open("missing", Access.READ));
        assertFailure(Kind.NOT_FOUND, 2, "unlink D/missing: ENOENT (2)", () -> storage.delete("missing"));
        assertFailure(Kind.NOT_FOUND, 2, "rename D/a to D/b: ENOENT (2)", () -> storage.rename("a", "b"));
    }

    @Test
    void whenTheFileIsADirectory() {
        assertFailure(Kind.OTHER, 21, "open D/folder: EISDIR (21)", () -> storage.open("folder", Access.WRITE));
        assertFailure(Kind.OTHER, 21, "unlink D/folder: EISDIR (21)", () -> storage.delete("folder"));
        assertFailure(Kind.EXISTS, 17, "open D/folder: EEXIST (17)", () -> storage.create("folder"));
    }

    @Test
    void whenADirectoryIsRead() throws IOException {
        try (LogFile folder = storage.open("folder", Access.READ)) {
            assertFailure(
                    Kind.OTHER,
                    21,
                    "pread D/folder offset=8192 length=4096: EISDIR (21)",
                    () -> folder.read(8192, Arena.ofAuto().allocate(4096)));
        }
    }

    @Test
    void whenLinksGoInACircle() throws IOException {
        Files.createSymbolicLink(directory.resolve("a"), directory.resolve("b"));
        Files.createSymbolicLink(directory.resolve("b"), directory.resolve("a"));
        assertFailure(Kind.OTHER, 40, "open D/a: ELOOP (40)", () -> storage.open("a", Access.READ));
    }

    @Test
    void whenANameIsTooLong() {
        String name = "n".repeat(256);
        assertFailure(Kind.OTHER, 36, "open D/" + name + ": ENAMETOOLONG (36)", () -> storage.create(name));
    }

    @Test
    void whenTheDirectoryIsGone() throws IOException {
        LinuxStorage nowhere = LinuxStorage.buffered(directory.resolve("nowhere"));
        assertFailure(Kind.NOT_FOUND, 2, "open D/nowhere: ENOENT (2)", nowhere::syncDirectory);
        assertFailure(Kind.NOT_FOUND, 2, "statvfs D/nowhere: ENOENT (2)", nowhere::freeBytes);
    }

    @Test
    void whenAFileIsTooBig() throws IOException {
        try (LogFile file = storage.create("file")) {
            assertFailure(
                    Kind.OTHER,
                    27,
                    "ftruncate D/file length=9223372036854775807: EFBIG (27)",
                    () -> file.truncate(Long.MAX_VALUE));
        }
    }

    @Test
    void whenTheReasonIsNotKnownByName() {
        IoFailure failure = Errno.failure("call D/file", -4095);
        assertEquals("call D/file: errno (4095)", failure.getMessage());
        assertEquals(Kind.OTHER, failure.kind());
    }

    private void assertFailure(Kind kind, int errno, String message, Executable call) {
        IoFailure failure = assertThrows(IoFailure.class, call);
        assertEquals(message.replace("D/", directory + "/"), failure.getMessage());
        assertEquals(kind, failure.kind());
        assertEquals(errno, failure.errno());
    }
}
