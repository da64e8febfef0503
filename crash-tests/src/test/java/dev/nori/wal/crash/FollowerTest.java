package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.ReadBound;
import dev.nori.wal.Wal;
import dev.nori.wal.WalRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tail on a real log, to which something is done each time before it looks. */
class FollowerTest {
    private static final long SEED = 5;
    private static final int LOOKS_BEHIND_THE_LAST = 4;

    @TempDir
    private Path folder;

    private final Gate gate = new Gate();
    private final ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    private Wal wal;

    @BeforeEach
    void open() {
        wal = Wal.open(folder, new LogSpec(folder, FsyncPolicy.os(), IoMode.NIO, 1 << 20, SEED).config());
    }

    @AfterEach
    void close() {
        wal.close();
    }

    @Test
    void reportsHowFarItHasRead() throws InterruptedException {
        follow(() -> append(0), () -> append(1));
        assertHasRead(1);
    }

    @Test
    void noticesARecordThatIsNotWhatItSays() {
        WalRecord right = RecordContent.of(SEED, RecordId.single(0, 0), Sizes.SMALL);
        WalRecord wrong = WalRecord.put(right.key(), right.key());
        assertNotices("not what was appended", () -> wal.append(wrong));
    }

    @Test
    void noticesARecordThatIsLeftOut() {
        assertNotices("after record 0", () -> append(0), () -> append(2));
    }

    @Test
    void noticesARecordThatComesTwice() {
        assertNotices("after record 0", () -> append(0), () -> append(0));
    }

    @Test
    void doesNotMissWhatWasCutOff() throws InterruptedException {
        follow(() -> append(0), () -> append(1), () -> append(2), this::cutTheLast, () -> append(3), () -> append(4));
        assertHasRead(3);
    }

    private void assertHasRead(long sequence) {
        String last = pipe.toString(StandardCharsets.UTF_8).lines().toList().getLast();
        assertEquals("read " + (wal.positionOf(sequence).bytes() + 1), last);
    }

    private void cutTheLast() {
        try {
            gate.alone(() -> wal.truncateAfter(wal.positionOf(2)));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void append(long n) {
        wal.append(RecordContent.of(SEED, RecordId.single(0, n), Sizes.SMALL));
    }

    private void assertNotices(String what, Runnable... events) {
        AssertionError noticed = assertThrows(AssertionError.class, () -> follow(events));
        assertTrue(String.valueOf(noticed.getMessage()).contains(what), noticed::getMessage);
    }

    private void follow(Runnable... events) throws InterruptedException {
        new Follower(wal, new Reporter(pipe), gate, SEED, ReadBound.ACKNOWLEDGED).run(doing(events));
    }

    /** Not before the tail has been opened: it begins at the end. */
    private static BooleanSupplier doing(Runnable... events) {
        Deque<Runnable> left = new ArrayDeque<>(List.of(events));
        left.addFirst(() -> {});
        int[] looks = {0};
        return () -> {
            Runnable next = left.poll();
            if (next != null) next.run();
            return next == null && ++looks[0] > LOOKS_BEHIND_THE_LAST;
        };
    }
}
