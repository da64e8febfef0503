package dev.nori.wal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.frame.SegmentHeader.Parsed;
import java.lang.foreign.MemorySegment;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SegmentHeaderTest {
    private static final SegmentHeader HEADER =
            new SegmentHeader(0x1234_5678_9ABC_DEF0L, 3, 81920, 500, 1_700_000_000_000L, 9, 1 << 20, 81912);

    @Property(edgeCases = EdgeCasesMode.NONE)
    void comesBack(
            @ForAll long logId,
            @ForAll @LongRange(min = 0) long segmentId,
            @ForAll @LongRange(min = 0, max = 1L << 50) long base,
            @ForAll @LongRange(min = 0) long sequence,
            @ForAll @LongRange(min = 0) long time,
            @ForAll int generation,
            @ForAll @LongRange(min = 3, max = 1 << 18) long blocks) {
        SegmentHeader header = new SegmentHeader(
                logId,
                segmentId,
                FrameLayout.blockFloor(base),
                sequence,
                time,
                generation,
                blocks * 4096,
                FrameLayout.blockFloor(base) / 2);
        byte[] block = FrameImage.filled(4096, 0x55);
        header.writeTo(MemorySegment.ofArray(block));
        assertEquals(new Parsed.Valid(header), parse(block));
    }

    @Test
    void comesBackFromItsFieldsAlone() {
        byte[] fields = FrameImage.filled(SegmentHeader.FIELD_BYTES, 0x55);
        HEADER.writeFieldsTo(MemorySegment.ofArray(fields));
        assertEquals(new Parsed.Valid(HEADER), parse(fields));
        assertEquals(new Parsed.Prepared(), parse(new byte[SegmentHeader.FIELD_BYTES]));
    }

    @Test
    void ofZerosMeansPrepared() {
        assertEquals(new Parsed.Prepared(), parse(new byte[4096]));
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] block = block();
        for (int bit = 0; bit < 8 * block.length; bit++) {
            Parsed parsed = parse(FrameImage.flipped(block, bit));
            boolean inVersion = bit / 8 == 8 || bit / 8 == 9;
            Class<?> expected = inVersion ? Parsed.Unsupported.class : Parsed.Damaged.class;
            assertEquals(expected, parsed.getClass(), "bit " + bit);
        }
    }

    @Test
    void aSingleBitThatWasSetInABlockOfZerosIsNoticed() {
        for (int bit = 0; bit < 8 * 4096; bit++) {
            assertInstanceOf(Parsed.Damaged.class, parse(FrameImage.flipped(new byte[4096], bit)));
        }
    }

    @Test
    void ofAnotherVersionIsUnsupportedWhateverItsChecksumSays() {
        for (int version : new int[] {0, 2, 0x0100, 0xFFFF}) {
            byte[] block = block();
            FrameImage.little(2).putShort((short) version).flip().get(block, 8, 2);
            assertInstanceOf(Parsed.Unsupported.class, parse(block));
            assertInstanceOf(Parsed.Unsupported.class, parse(resealed(block)));
        }
    }

    @Test
    void withBitsThatAreNotKnownIsUnsupported() {
        for (int at : new int[] {10, 11, 12, 13, 14, 15, 60, 61, 62, 63, 80, 81, 82, 83}) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] block = FrameImage.flipped(block(), 8 * at + bit);
                assertInstanceOf(Parsed.Unsupported.class, parse(resealed(block)), "byte " + at);
            }
        }
    }

    @Test
    void withNumbersOutOfRangeIsUnsupported() {
        for (int at : new int[] {24, 32, 40, 48, 64, 72}) {
            byte[] block = FrameImage.flipped(block(), 8 * at + 63);
            assertInstanceOf(Parsed.Unsupported.class, parse(resealed(block)), "byte " + at);
        }
        assertInstanceOf(Parsed.Unsupported.class, parse(resealed(FrameImage.flipped(block(), 8 * 32))));
        assertInstanceOf(Parsed.Unsupported.class, parse(resealed(FrameImage.flipped(block(), 8 * 64))));
    }

    @Test
    void cutShortIsDamaged() {
        byte[] block = block();
        for (int length = 0; length < SegmentHeader.FIELD_BYTES; length++) {
            assertInstanceOf(Parsed.Damaged.class, parse(java.util.Arrays.copyOf(block, length)));
        }
    }

    @Property
    void ofRandomBytesNeverThrows(@ForAll @Size(min = 88, max = 88) byte[] bytes) {
        byte[] block = block();
        System.arraycopy(bytes, 16, block, 16, 64);
        parse(resealed(block));
        parse(bytes);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new SegmentHeader(1, -1, 0, 0, 0, 1, 1 << 20, 0));
        assertThrows(IllegalArgumentException.class, () -> new SegmentHeader(1, 0, 8, 0, 0, 1, 1 << 20, 0));
        assertThrows(IllegalArgumentException.class, () -> new SegmentHeader(1, 0, 0, -1, 0, 1, 1 << 20, 0));
        assertThrows(IllegalArgumentException.class, () -> new SegmentHeader(1, 0, 0, 0, 0, 1, 8192, 0));
        assertThrows(IllegalArgumentException.class, () -> new SegmentHeader(1, 0, 0, 0, 0, 1, 1L << 31, 0));
        assertThrows(IllegalArgumentException.class, () -> new SegmentHeader(1, 0, 0, 0, 0, 1, 1 << 20, 1));
    }

    @Test
    void turnsPositionsIntoOffsetsAndBack() {
        assertEquals(4096, HEADER.offsetOf(81920));
        assertEquals(81920 + 8, HEADER.positionAt(4096 + 8));
        assertEquals((1 << 20) - 4096, HEADER.framesEndOffset());
        assertEquals(81920 + (1 << 20) - 8192, HEADER.framesEndPosition());
        assertTrue(HEADER.offsetOf(HEADER.framesEndPosition()) == HEADER.framesEndOffset());
    }

    private static Parsed parse(byte[] block) {
        return SegmentHeader.parse(MemorySegment.ofArray(block));
    }

    private static byte[] block() {
        byte[] block = new byte[4096];
        HEADER.writeTo(MemorySegment.ofArray(block));
        return block;
    }

    private static byte[] resealed(byte[] block) {
        MemorySegment bytes = MemorySegment.ofArray(block);
        LittleEndian.putInt(bytes, 84, LittleEndian.crc32c(bytes, 0, 84));
        return block;
    }
}
