package dev.nori.wal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.WalRecord;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not a frame, or no longer. */
class FrameDamageTest {
    private static final FrameImage PLACE = FrameImage.PLACE;

    private final FrameCursor cursor = new FrameCursor();

    static Stream<Map.Entry<String, byte[]>> frames() {
        return SmallFrames.at(PLACE).entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void everyFlippedBitIsNoticed(Map.Entry<String, byte[]> frame) {
        assertEquals(FrameCursor.Outcome.FRAME, PLACE.decode(cursor, frame.getValue()), cursor::why);
        for (int bit = 0; bit < 8 * frame.getValue().length; bit++) {
            FrameCursor.Outcome outcome = PLACE.decode(cursor, FrameImage.flipped(frame.getValue(), bit));
            int flipped = bit;
            assertTrue(
                    outcome == FrameCursor.Outcome.DAMAGED || outcome == FrameCursor.Outcome.INCOMPLETE,
                    () -> "bit " + flipped + ": " + outcome);
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void everyPairOfFlippedBitsOfAHeaderIsNoticed(Map.Entry<String, byte[]> frame) {
        int headerBits = 8 * FrameLayout.HEADER_BYTES;
        for (int first = 0; first < headerBits; first++) {
            byte[] once = FrameImage.flipped(frame.getValue(), first);
            for (int second = first + 1; second < headerBits; second++) {
                FrameCursor.Outcome outcome = PLACE.decode(cursor, FrameImage.flipped(once, second));
                assertNotEquals(FrameCursor.Outcome.FRAME, outcome);
                assertNotEquals(FrameCursor.Outcome.UNSUPPORTED, outcome);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFrameCutAnywhereIsNotAFrame(Map.Entry<String, byte[]> frame) {
        byte[] whole = frame.getValue();
        for (int length = 0; length < whole.length; length++) {
            assertEquals(FrameCursor.Outcome.INCOMPLETE, PLACE.decode(cursor, Arrays.copyOf(whole, length)));
            assertEquals(length < FrameLayout.HEADER_BYTES ? 16 : whole.length, cursor.neededBytes());
            assertFalse(cursor.recordCount() > 0);
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFrameWhoseEndWasNeverWrittenIsNotAFrame(Map.Entry<String, byte[]> frame) {
        byte[] whole = frame.getValue();
        for (int length = 0; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(Arrays.copyOf(whole, length), whole.length);
            if (Arrays.equals(torn, whole)) continue; // it ends in zeros
            FrameCursor.Outcome outcome = PLACE.decode(cursor, torn);
            assertTrue(outcome == FrameCursor.Outcome.DAMAGED || outcome == FrameCursor.Outcome.EMPTY);
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFrameAtAnotherPositionIsNotAFrame(Map.Entry<String, byte[]> frame) {
        for (long moved : new long[] {0, 8, 4096, PLACE.position() + 8, PLACE.position() | 1L << 40}) {
            FrameImage elsewhere = new FrameImage(PLACE.generation(), moved, 0);
            assertEquals(FrameCursor.Outcome.DAMAGED, elsewhere.decode(cursor, frame.getValue()));
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFrameOfAnEarlierGenerationIsNotAFrame(Map.Entry<String, byte[]> frame) {
        for (int later : new int[] {PLACE.generation() + 1, 1 << 30, -1}) {
            FrameImage here = new FrameImage(later, PLACE.position(), 0);
            assertEquals(FrameCursor.Outcome.DAMAGED, here.decode(cursor, frame.getValue()));
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void onlyAMarkMayBeginALaterGeneration(Map.Entry<String, byte[]> frame) {
        FrameImage earlier = new FrameImage(PLACE.generation() - 1, PLACE.position(), 0);
        FrameCursor.Outcome expected =
                frame.getKey().equals("mark") ? FrameCursor.Outcome.FRAME : FrameCursor.Outcome.DAMAGED;
        assertEquals(expected, earlier.decode(cursor, frame.getValue()), cursor::why);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFrameThatDoesNotFitIntoItsSegmentIsDamaged(Map.Entry<String, byte[]> frame) {
        MemorySegment window = MemorySegment.ofArray(frame.getValue());
        for (long limit = FrameLayout.HEADER_BYTES; limit < window.byteSize(); limit++) {
            FrameCursor.Outcome outcome =
                    cursor.decode(window, 0, window.byteSize(), PLACE.position(), PLACE.generation(), limit);
            assertEquals(FrameCursor.Outcome.DAMAGED, outcome);
        }
    }

    @Test
    void zerosAreNotAFrame() {
        for (int length : new int[] {16, 24, 4096}) {
            assertEquals(FrameCursor.Outcome.EMPTY, PLACE.decode(cursor, new byte[length]));
            assertEquals(FrameCursor.Outcome.EMPTY, new FrameImage(0, 0, 0).decode(cursor, new byte[length]));
        }
    }

    @Test
    void theEndOfTheRoomForFramesIsEmpty() {
        MemorySegment window = MemorySegment.ofArray(PLACE.record(WalRecord.put(new byte[1], new byte[1])));
        for (long limit = -1; limit < FrameLayout.HEADER_BYTES; limit++) {
            FrameCursor.Outcome outcome =
                    cursor.decode(window, 0, window.byteSize(), PLACE.position(), PLACE.generation(), limit);
            assertEquals(FrameCursor.Outcome.EMPTY, outcome);
        }
    }

    @Test
    void whatIsWrongIsSaidInASentence() {
        byte[] frame = PLACE.record(WalRecord.put(new byte[1], new byte[1]));
        PLACE.decode(cursor, FrameImage.flipped(frame, 0));
        assertEquals("the checksum is wrong for a frame of 24 bytes at position 4104 in generation 7", cursor.why());
        PLACE.decode(cursor, frame);
        assertEquals("", cursor.why());
    }
}
