package dev.nori.wal.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.frame.ControlSlot.Parsed;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ControlSlotTest {
    private static final ControlSlot SLOT = new ControlSlot(
            0x1234_5678_9ABC_DEF0L,
            17,
            new LogStart(3, 81920, 500),
            ControlSlot.Front.BEGUN,
            9,
            90_000L,
            new ControlSlot.Mark(85_000, text("applied")),
            text("term 7, vote b"));

    private static MemorySegment text(String text) {
        return MemorySegment.ofArray(SmallFrames.ascii(text));
    }

    @Property(edgeCases = EdgeCasesMode.NONE, tries = 200)
    void comesBack(
            @ForAll long logId,
            @ForAll @LongRange(min = 0) long counter,
            @ForAll @LongRange(min = 0) long segmentId,
            @ForAll @LongRange(min = 0, max = 1L << 50) long base,
            @ForAll @LongRange(min = 0) long sequence,
            @ForAll ControlSlot.Front front,
            @ForAll int generation,
            @ForAll @LongRange(min = -1) long cut,
            @ForAll @LongRange(min = -1) long checkpoint,
            @ForAll @Size(max = 5000) byte[] data,
            @ForAll @Size(max = 5000) byte[] metadata) {
        ControlSlot slot = new ControlSlot(
                logId,
                counter,
                new LogStart(segmentId, FrameLayout.blockFloor(base), sequence),
                front,
                generation,
                cut < 0 ? null : (Long) cut,
                checkpoint < 0 ? null : new ControlSlot.Mark(checkpoint, MemorySegment.ofArray(data)),
                MemorySegment.ofArray(metadata));
        assertSame(slot, parse(bytes(slot)));
    }

    private static void assertSame(ControlSlot expected, Parsed parsed) {
        ControlSlot found = assertInstanceOf(Parsed.Valid.class, parsed).slot();
        assertEquals(expected.logId(), found.logId());
        assertEquals(expected.counter(), found.counter());
        assertEquals(expected.start(), found.start());
        assertEquals(expected.front(), found.front());
        assertEquals(expected.voidGeneration(), found.voidGeneration());
        assertEquals(expected.cut(), found.cut());
        assertEquals(-1, expected.metadata().mismatch(found.metadata()));
        ControlSlot.Mark mark = expected.checkpoint();
        if (mark == null) {
            assertNull(found.checkpoint());
            return;
        }
        ControlSlot.Mark foundMark = Objects.requireNonNull(found.checkpoint());
        assertEquals(mark.position(), foundMark.position());
        assertEquals(-1, mark.data().mismatch(foundMark.data()));
    }

    @Test
    void holdsTheMostThatIsAllowed() {
        MemorySegment most = MemorySegment.ofArray(FrameImage.filled(ControlSlot.MAX_DATA_BYTES, 'm'));
        ControlSlot slot = SLOT.withMetadata(most).withCheckpoint(new ControlSlot.Mark(1, most));
        assertSame(slot, parse(bytes(slot)));
        MemorySegment more = MemorySegment.ofArray(new byte[ControlSlot.MAX_DATA_BYTES + 1]);
        assertThrows(IllegalArgumentException.class, () -> SLOT.withMetadata(more));
        ControlSlot.Mark mark = new ControlSlot.Mark(1, more);
        assertThrows(IllegalArgumentException.class, () -> SLOT.withCheckpoint(mark));
    }

    @Test
    void ofZerosWasNeverWritten() {
        assertInstanceOf(Parsed.Empty.class, parse(new byte[ControlSlot.SLOT_BYTES]));
    }

    @Test
    void noticesEveryFlippedBit() {
        byte[] bytes = bytes(SLOT);
        for (int bit = 0; bit < 8 * SLOT.bytes(); bit++) {
            Parsed parsed = parse(FrameImage.flipped(bytes, bit));
            boolean inVersion = bit / 8 == 8 || bit / 8 == 9;
            Class<?> expected = inVersion ? Parsed.Unsupported.class : Parsed.Damaged.class;
            assertEquals(expected, parsed.getClass(), "bit " + bit);
        }
    }

    @Test
    void thatWasTornBetweenTwoSectorsNeverCounts() {
        MemorySegment longer = MemorySegment.ofArray(FrameImage.filled(9000, 'x'));
        byte[] before = bytes(SLOT.withMetadata(longer));
        byte[] after = bytes(SLOT.next().withMetadata(MemorySegment.ofArray(FrameImage.filled(9000, 'y'))));
        for (int sectors = 1; sectors < SLOT.withMetadata(longer).bytes() / 512 + 1; sectors++) {
            byte[] torn = after.clone();
            System.arraycopy(before, 0, torn, 0, 512 * sectors);
            if (sectors < SLOT.withMetadata(longer).bytes() / 512) {
                assertInstanceOf(Parsed.Damaged.class, parse(torn), sectors + " sectors of the old one");
            }
        }
    }

    @Test
    void ofAnotherVersionIsUnsupportedWhateverItsChecksumSays() {
        for (int version : new int[] {0, 2, 0x0100, 0xFFFF}) {
            byte[] bytes = bytes(SLOT);
            FrameImage.little(2).putShort((short) version).flip().get(bytes, 8, 2);
            assertInstanceOf(Parsed.Unsupported.class, parse(bytes));
            assertInstanceOf(Parsed.Unsupported.class, parse(resealed(bytes)));
        }
    }

    @Test
    void withBitsThatAreNotKnownIsUnsupported() {
        for (int at : new int[] {10, 11, 12, 13, 14, 15, 56, 63, 93, 94, 95, 96, 99}) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] bytes = FrameImage.flipped(bytes(SLOT), 8 * at + bit);
                assertInstanceOf(Parsed.Unsupported.class, parse(resealed(bytes)), "byte " + at);
            }
        }
    }

    @Test
    void withNumbersOutOfRangeIsUnsupported() {
        for (int at : new int[] {32, 40, 48, 64, 72}) {
            byte[] bytes = FrameImage.flipped(bytes(SLOT), 8 * at + 63);
            assertInstanceOf(Parsed.Unsupported.class, parse(resealed(bytes)), "byte " + at);
        }
        assertInstanceOf(Parsed.Unsupported.class, parse(resealed(FrameImage.flipped(bytes(SLOT), 8 * 40))));
        assertInstanceOf(Parsed.Unsupported.class, parse(resealed(FrameImage.flipped(bytes(SLOT), 8 * 92))));
    }

    @Test
    void cutShortIsDamaged() {
        byte[] bytes = bytes(SLOT);
        for (int length = 0; length < SLOT.bytes(); length++) {
            assertInstanceOf(Parsed.Damaged.class, parse(java.util.Arrays.copyOf(bytes, length)), "length " + length);
        }
    }

    @Property(tries = 300)
    void ofRandomBytesNeverThrows(@ForAll @Size(min = 84, max = 84) byte[] random) {
        byte[] bytes = bytes(SLOT);
        System.arraycopy(random, 0, bytes, 16, random.length);
        parse(bytes);
        parse(random);
    }

    @Test
    void isWrittenTheSameAsEver() throws IOException {
        byte[] used = MemorySegment.ofArray(bytes(SLOT))
                .asSlice(0, FrameLayout.blockCeil(SLOT.bytes()))
                .toArray(ValueLayout.JAVA_BYTE);
        KeptFiles.check(KeptFiles.golden().resolve("control.slot"), used);
        assertSame(
                SLOT, parse(java.nio.file.Files.readAllBytes(KeptFiles.golden().resolve("control.slot"))));
    }

    @Test
    void fillsTheSlotWithZerosBehindIt() {
        byte[] bytes = bytes(SLOT);
        int used = (int) SLOT.bytes();
        byte[] rest = java.util.Arrays.copyOfRange(bytes, used, bytes.length);
        assertArrayEquals(new byte[bytes.length - used], rest);
    }

    private static Parsed parse(byte[] bytes) {
        return ControlSlot.parse(MemorySegment.ofArray(bytes));
    }

    private static byte[] bytes(ControlSlot slot) {
        byte[] bytes = FrameImage.filled(ControlSlot.SLOT_BYTES, 0x55);
        slot.writeTo(MemorySegment.ofArray(bytes));
        return bytes;
    }

    /** With a checksum that is right again. */
    private static byte[] resealed(byte[] bytes) {
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(bytes, 0, 100);
        crc.update(bytes, 104, (int) SLOT.bytes() - 104);
        LittleEndian.putInt(MemorySegment.ofArray(bytes), 100, (int) crc.getValue());
        return bytes;
    }
}
