package dev.nori.wal.damage;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.VerifyOptions;
import dev.nori.wal.WalException;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.damage.SmallLog.Ending;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.handoff.StageLayout;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.log.AllocatedBytes;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** docs/recovery.md, "Memory": what a log says of lengths and counts takes no memory beyond the bound. */
class HostileSizesTest {
    private static final long BOUND_BYTES = 4 << 20; // plus three stages and the largest file, which are small here

    private final SmallLog log;

    HostileSizesTest() throws Exception {
        log = SmallLog.ending(Ending.KILLED);
    }

    @Test
    void ofFramesTakeNoMemory() throws Exception {
        String name = SegmentName.of(2);
        Image larger = claimingToBeOfAGibibyte(name);
        for (int length : new int[] {1 << 20, 64 << 20, 900 << 20, -1}) {
            assertWithinBound(larger.changed(name, bytes -> put(bytes, 4096 + 4, length)));
        }
    }

    @Test
    void ofSegmentsTakeNoMemory() throws Exception {
        for (int id = 0; id < 3; id++) assertWithinBound(claimingToBeOfAGibibyte(SegmentName.of(id)));
    }

    @Test
    void ofTheStagesCursorsTakeNoMemory() throws Exception {
        for (int cursor = 64; cursor <= 256; cursor += 64) {
            for (int high : new int[] {1, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                int at = cursor + Integer.BYTES;
                assertWithinBound(log.image().changed(Assembly.STAGE_NAME, bytes -> put(bytes, at, high)));
            }
        }
    }

    @Test
    void ofTheStagesFileAreRefused() {
        byte[] huge = Arrays.copyOf(log.image().bytes(Assembly.STAGE_NAME), (int) StageLayout.MOST_BYTES + 1);
        ImageStorage storage = new ImageStorage(log.image().with(Assembly.STAGE_NAME, huge));
        long before = NativeBytes.now();
        assertThrows(
                WalException.Unsupported.class, () -> SmallLog.open(storage).close());
        assertTrue(NativeBytes.now() - before < BOUND_BYTES, "the stage was read");
    }

    private Image claimingToBeOfAGibibyte(String name) {
        return log.image().changed(name, bytes -> {
            SegmentHeader is = Objects.requireNonNull(Claims.header(bytes));
            new SegmentHeader(
                            is.logId(),
                            is.segmentId(),
                            is.basePosition(),
                            is.baseSequence(),
                            is.baseTimeMillis(),
                            is.generation(),
                            1 << 30,
                            is.durablePosition())
                    .writeFieldsTo(MemorySegment.ofArray(bytes));
            return bytes;
        });
    }

    private static byte[] put(byte[] bytes, int at, int value) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return bytes;
    }

    /** Native memory is given back by the collector only, so what was taken is still counted. */
    private static void assertWithinBound(Image image) throws Exception {
        ImageStorage storage = new ImageStorage(image);
        long direct = NativeBytes.now();
        long heap = AllocatedBytes.now();
        try {
            SmallLog.open(storage);
        } catch (WalException.Corrupt | WalException.Unsupported refused) {
            assertTrue(storage.changes() == 0, () -> "refused and changed: " + refused.getMessage());
        } catch (WalException.Full full) {
            assertTrue(storage.openHandles() == 0, "a footer at the end of a gibibyte does not fit here");
        }
        long taken = NativeBytes.now() - direct + AllocatedBytes.now() - heap;
        assertTrue(taken < BOUND_BYTES, taken + " bytes were taken");
    }

    /** docs/recovery.md, "Verifying": neither does it when all of the log is read. */
    @Test
    void takeNoMoreWhenTheLogIsVerified() throws Exception {
        String name = SegmentName.of(2);
        Image larger = claimingToBeOfAGibibyte(name);
        for (int length : new int[] {1 << 20, 64 << 20, 900 << 20, -1}) {
            assertVerifiedWithinBound(larger.changed(name, bytes -> put(bytes, 4096 + 4, length)));
        }
        for (int id = 0; id < 3; id++) assertVerifiedWithinBound(claimingToBeOfAGibibyte(SegmentName.of(id)));
        for (int cursor = 64; cursor <= 256; cursor += 64) {
            for (int high : new int[] {1, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                int at = cursor + Integer.BYTES;
                assertVerifiedWithinBound(log.image().changed(Assembly.STAGE_NAME, bytes -> put(bytes, at, high)));
            }
        }
    }

    private static void assertVerifiedWithinBound(Image image) throws Exception {
        ImageStorage storage = new ImageStorage(image);
        long direct = NativeBytes.now();
        long heap = AllocatedBytes.now();
        Assembly.verify(storage, VerifyOptions.defaults().withParallelism(1));
        long taken = NativeBytes.now() - direct + AllocatedBytes.now() - heap;
        assertTrue(taken < BOUND_BYTES, taken + " bytes were taken");
    }

    // Without this nothing above could fail.
    @Test
    void wouldBeSeen() {
        long before = NativeBytes.now();
        MemorySegment taken = AlignedMemory.blocks(2 * BOUND_BYTES);
        assertTrue(NativeBytes.now() - before >= BOUND_BYTES, "memory is not counted: " + taken);
    }
}
