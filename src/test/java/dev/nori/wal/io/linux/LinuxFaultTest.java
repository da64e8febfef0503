package dev.nori.wal.io.linux;

import static dev.nori.wal.io.contract.Memory.BLOCK;
import static dev.nori.wal.io.contract.Memory.pattern;
import static dev.nori.wal.io.contract.Memory.zeros;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.contract.ChildJvm;
import dev.nori.wal.io.contract.Engine;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file whose system calls answer what they rarely do: strace makes the kernel give a wanted answer to a
 * child process, instead of doing the call.
 */
class LinuxFaultTest {
    @TempDir
    Path home;

    /** Does one thing to a file and prints what became of it. */
    static final class Victim {
        /** Bytes that the kernel claims to have written where it stops within a block. */
        static final int STOP = 100;

        private static final MemorySegment[] PARTS = {pattern(BLOCK, 1), pattern(2 * BLOCK, 2), pattern(BLOCK, 3)};

        /** What the parts are one after the other. */
        private static final MemorySegment WHOLE = whole();

        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            try (LogFile file =
                    Engine.valueOf(arguments[1]).open(Path.of(arguments[2])).create("file")) {
                System.out.println(outcome(arguments[0], file) + ": " + blocks(file));
            }
        }

        private static MemorySegment whole() {
            MemorySegment whole = zeros(4 * BLOCK);
            long at = 0;
            for (MemorySegment part : PARTS) {
                whole.asSlice(at).copyFrom(part);
                at += part.byteSize();
            }
            return whole;
        }

        private static String outcome(String action, LogFile file) {
            try {
                switch (action) {
                    case "write" -> file.write(0, WHOLE);
                    case "write parts" -> file.write(0, PARTS);
                    case "write durably" -> file.writeDurably(0, PARTS);
                    case "write durably twice" -> {
                        file.writeDurably(0, PARTS);
                        file.writeDurably(4 * BLOCK, PARTS);
                    }
                    case "sync" -> file.sync();
                    case "allocate" -> file.allocate(4 * BLOCK);
                    default -> throw new IllegalArgumentException(action);
                }
                return "done";
            } catch (IoFailure e) {
                String message = String.valueOf(e.getMessage());
                return e.kind() + message.substring(message.lastIndexOf(':'));
            }
        }

        /** One letter for each block: x as it should be, - zeros, / as it should be from {@link #STOP} on, ? else. */
        private static String blocks(LogFile file) throws IoFailure {
            StringBuilder blocks = new StringBuilder();
            for (long at = 0; at < file.size(); at += BLOCK) {
                MemorySegment is = zeros(BLOCK);
                file.read(at, is);
                MemorySegment should = WHOLE.asSlice(at % WHOLE.byteSize(), BLOCK);
                long wrong = is.mismatch(should);
                long wrongAfterStop = is.asSlice(STOP).mismatch(should.asSlice(STOP));
                blocks.append(wrong < 0 ? 'x' : is.mismatch(zeros(BLOCK)) < 0 ? '-' : wrongAfterStop < 0 ? '/' : '?');
            }
            return blocks.toString();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LINUX_DIRECT", "LINUX_BUFFERED"})
    void asksAgainWhenACallWasInterrupted(Engine engine) throws Exception {
        assertOutcome("done: xxxx", engine, "write", "pwrite64:error=EINTR:when=1..3");
        assertCalls(4, "pwrite64");
        assertOutcome("done: xxxx", engine, "write parts", "pwritev2:error=EINTR:when=1..2");
        assertOutcome("done: xxxx", engine, "write durably", "pwritev2:error=EINTR:when=1..2");
        assertOutcome("done: ", engine, "sync", "fdatasync:error=EINTR:when=1..2");
        assertCalls(3, "fdatasync");
        assertOutcome("done: ----", engine, "allocate", "fallocate:error=EINTR:when=1..2");
    }

    @ParameterizedTest
    @CsvSource({"LINUX_DIRECT, EOPNOTSUPP", "LINUX_DIRECT, EINVAL", "LINUX_BUFFERED, ENOSYS"})
    void syncsItselfWhereTheKernelKnowsNoDurableWrites(Engine engine, String reason) throws Exception {
        // Without the flag the same call is used for the parts, so only the first one is refused.
        String refused = "pwritev2:error=" + reason + ":when=1";
        assertOutcome("done: xxxxxxxx", engine, "write durably twice", refused);
        assertCalls(1, "RWF_DSYNC");
        assertCalls(2, "fdatasync");
    }

    @Test
    void doesNotTakeAnotherFailureForAnUnknownFlag() throws Exception {
        Engine engine = Engine.LINUX_DIRECT;
        assertOutcome("OTHER: EIO (5): ", engine, "write durably", "pwritev2:error=EIO");
        assertCalls(1, "pwritev2");
        assertOutcome("OTHER: EINVAL (22): ", engine, "write durably", "pwritev2:error=EINVAL");
        assertCalls(0, "fdatasync");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LINUX_DIRECT", "LINUX_BUFFERED"})
    void goesOnWhereAShortWriteStopped(Engine engine) throws Exception {
        // The calls that strace answers write nothing, which shows where the next one went on.
        assertOutcome("done: -xxx", engine, "write", "pwrite64:retval=4096:when=1");
        assertOutcome("done: -xxx", engine, "write parts", "pwritev2:retval=4096:when=1");
        assertOutcome("done: --xx", engine, "write durably", "pwritev2:retval=8192:when=1");
        assertOutcome("done: ---x", engine, "write durably", "pwritev2:retval=4096:when=1..3");
    }

    @Test
    void goesOnFromAnyByteThroughThePageCache() throws Exception {
        assertOutcome("done: /xxx", Engine.LINUX_BUFFERED, "write", "pwrite64:retval=100:when=1");
        assertOutcome("done: /xxx", Engine.LINUX_BUFFERED, "write parts", "pwritev2:retval=100:when=1");
    }

    @Test
    void givesUpWhereADirectWriteStoppedWithinABlock() throws Exception {
        String given = "OTHER: wrote only 100: ";
        assertOutcome(given, Engine.LINUX_DIRECT, "write", "pwrite64:retval=100:when=1");
        assertCalls(1, "pwrite64");
        assertOutcome(given, Engine.LINUX_DIRECT, "write parts", "pwritev2:retval=100:when=1");
        assertOutcome(given, Engine.LINUX_DIRECT, "write durably", "pwritev2:retval=100:when=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LINUX_DIRECT", "LINUX_BUFFERED"})
    void givesUpWhereAWriteWritesNothing(Engine engine) throws Exception {
        assertOutcome("OTHER: wrote only 0: ", engine, "write", "pwrite64:retval=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LINUX_DIRECT", "LINUX_BUFFERED"})
    void neverRepeatsASyncThatFailed(Engine engine) throws Exception {
        assertOutcome("OTHER: EIO (5): ", engine, "sync", "fdatasync:error=EIO:when=1");
        assertCalls(1, "fdatasync");
        // Not FULL: what could not be written back had been taken before.
        assertOutcome("OTHER: ENOSPC (28): ", engine, "sync", "fdatasync:error=ENOSPC:when=1");
    }

    @ParameterizedTest
    @CsvSource({"LINUX_DIRECT, EOPNOTSUPP", "LINUX_BUFFERED, ENOSYS"})
    void writesZerosWhereItCannotAllocate(Engine engine, String reason) throws Exception {
        assertOutcome("done: ----", engine, "allocate", "fallocate:error=" + reason);
        assertCalls(1, "pwrite64");
    }

    @ParameterizedTest
    @CsvSource({"ENOSPC, 28", "EDQUOT, 122"})
    void keepsItsSizeWhereThereIsNoSpace(String reason, int errno) throws Exception {
        String full = "FULL: " + reason + " (" + errno + "): ";
        assertOutcome(full, Engine.LINUX_DIRECT, "allocate", "fallocate:error=" + reason);
        assertOutcome(full, Engine.LINUX_BUFFERED, "write", "pwrite64:error=" + reason);
    }

    private void assertOutcome(String expected, Engine engine, String action, String injection) throws Exception {
        engine.assumeWorksIn(home);
        Path directory = Files.createTempDirectory(home, "victim");
        List<String> command =
                new ArrayList<>(List.of("strace", "-f", "--seccomp-bpf", "-qq", "-o", trace().toString()));
        command.addAll(List.of("-P", directory.resolve("file").toString()));
        command.addAll(List.of("-e", "trace=pwrite64,pwritev2,fdatasync,fallocate", "-e", "inject=" + injection));
        command.addAll(ChildJvm.java("--enable-native-access=ALL-UNNAMED", "-cp", ChildJvm.classPath()));
        command.addAll(List.of(Victim.class.getName(), action, engine.name(), directory.toString()));
        assumeStraceWorks();
        try (ChildJvm child = ChildJvm.start(command)) {
            assertEquals(List.of(expected), child.allLines(), injection);
        }
    }

    private static void assumeStraceWorks() throws Exception {
        Path strace = Path.of("/usr/bin/strace");
        assumeTrue(Files.isExecutable(strace), "no strace here");
        Process process = new ProcessBuilder(
                        strace.toString(), "-qq", "-o", "/dev/null", "-e", "inject=fsync:error=EIO:when=1..2", "true")
                .inheritIO()
                .start();
        assumeTrue(process.waitFor() == 0, "strace may not trace here");
    }

    /** How many calls of the last victim show {@code word}. */
    private void assertCalls(int expected, String word) throws Exception {
        try (Stream<String> calls = Files.lines(trace())) {
            assertEquals(expected, calls.filter(call -> call.contains(word)).count(), word);
        }
    }

    private Path trace() {
        return home.resolve("trace");
    }
}
