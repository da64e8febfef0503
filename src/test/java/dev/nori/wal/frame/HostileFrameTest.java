package dev.nori.wal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Bytes by somebody who means harm: an answer, never an exception, and no memory for a lie. */
class HostileFrameTest {
    private static final FrameImage PLACE = FrameImage.PLACE;

    private final FrameCursor cursor = new FrameCursor();

    @Property(tries = 2000)
    void randomBytesNeverThrowAndAreNeverAFrame(@ForAll @Size(max = 300) byte[] bytes) {
        assertNotEquals(FrameCursor.Outcome.FRAME, PLACE.decode(cursor, bytes));
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void randomPlacesInAWindowNeverThrow(
            @ForAll @Size(max = 100) byte[] bytes,
            @ForAll long offset,
            @ForAll long available,
            @ForAll long position,
            @ForAll int generation,
            @ForAll long limit) {
        MemorySegment window = MemorySegment.ofArray(bytes);
        cursor.decode(window, offset, available, position, generation, limit);
        cursor.decode(window, Math.floorMod(offset, 120), available, position, generation, limit);
        cursor.decode(window, Math.floorMod(offset, 120), 1000, position, generation, Long.MAX_VALUE);
    }

    @Property(tries = 2000)
    void randomPayloadsUnderARightChecksumNeverThrow(
            @ForAll @IntRange(min = 0, max = 5) int kind,
            @ForAll @IntRange(min = 0, max = 31) int flags,
            @ForAll @IntRange(min = 0, max = 40) int keyField,
            @ForAll @Size(max = 120) byte[] payload) {
        readAll(PLACE.sealed(kind, flags, keyField, payload));
    }

    @Property(tries = 2000)
    void batchesThatWereMeddledWithUnderARightChecksumNeverThrow(
            @ForAll Random random, @ForAll @IntRange(min = 1, max = 4) int changes) {
        byte[] frame = Objects.requireNonNull(SmallFrames.at(PLACE).get("batch"));
        byte[] payload = Arrays.copyOfRange(frame, FrameLayout.HEADER_BYTES, frame.length);
        for (int i = 0; i < changes; i++) payload[random.nextInt(payload.length)] = (byte) random.nextInt();
        readAll(PLACE.sealed(FrameKind.BATCH, 0, 0, Arrays.copyOf(payload, payload.length - random.nextInt(9))));
    }

    @Test
    void hostileLengthsInAHeaderTakeNoMemory() {
        byte[] header = new byte[4096];
        header[8] = FrameKind.PUT;
        for (int length : List.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE, -8, 1 << 30)) {
            FrameImage.little(4).putInt(length).flip().get(header, 4, 4);
            assertEquals(FrameCursor.Outcome.DAMAGED, PLACE.decode(cursor, header));
        }
        FrameImage.little(4).putInt(FrameLayout.MAX_PAYLOAD_BYTES).flip().get(header, 4, 4);
        assertEquals(FrameCursor.Outcome.INCOMPLETE, PLACE.decode(cursor, header));
        assertEquals(FrameLayout.frameBytes(FrameLayout.MAX_PAYLOAD_BYTES), cursor.neededBytes());
    }

    /** Reads whatever the cursor takes for a frame: its parts must be as long as what is there, at most. */
    private void readAll(byte[] frame) {
        FrameCursor.Outcome outcome = PLACE.decode(cursor, frame);
        if (outcome != FrameCursor.Outcome.FRAME) {
            assertTrue(outcome == FrameCursor.Outcome.UNSUPPORTED || outcome == FrameCursor.Outcome.DAMAGED);
            return;
        }
        long total = 0;
        for (int i = 0; i < cursor.recordCount(); i++) {
            StoredRecord record = cursor.record(i);
            total += record.key().byteSize() + record.value().byteSize();
            assertTrue(record.sizeInFrame() >= FrameLayout.INNER_HEADER_BYTES);
        }
        assertTrue(total <= frame.length);
    }
}
