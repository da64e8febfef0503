package dev.nori.wal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.frame.SegmentFooter.Parsed;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SegmentFooterTest {
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final SegmentHeader HEADER =
            new SegmentHeader(77, 3, 81920, 500, 1_700_000_000_000L, 9, SEGMENT_BYTES, 81912);
    private static final List<IndexEntry> ENTRIES = List.of(
            new IndexEntry(81960, 500, 5, 9),
            new IndexEntry(81920 + 70_000, 520, 60, 9),
            new IndexEntry(81920 + 140_000, 530, 60, 11));
    private static final SegmentFooter FOOTER = footer(ENTRIES);

    @Property(tries = 100)
    void comesBackWithAnIndexOfAnyLength(@ForAll @IntRange(min = 0, max = 17) int count) {
        List<IndexEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) entries.add(new IndexEntry(81920 + i * 8L, 500 + i, i / 2, 9));
        byte[] room = FrameImage.filled(4096, 0x55);
        footer(entries).writeTo(MemorySegment.ofArray(room));
        assertEquals(new Parsed.Valid(footer(entries)), parse(room));
    }

    @Test
    void hasRoomForOneEntryEach64KiB() {
        assertEquals(4096, SegmentFooter.room(SEGMENT_BYTES));
        assertEquals(4096, SegmentFooter.room(12288));
        assertEquals(FrameLayout.blockCeil(96 + 24 * (16384 + 2)), SegmentFooter.room(1 << 30));
    }

    @Test
    void ofZerosIsAbsent() {
        assertEquals(new Parsed.Absent(), parse(new byte[4096]));
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] room = room();
        for (int bit = 0; bit < 8 * room.length; bit++) {
            Parsed parsed = parse(FrameImage.flipped(room, bit));
            int inTrailer = bit / 8 - (room.length - SegmentFooter.TRAILER_BYTES);
            boolean inVersion = inTrailer == 8 || inTrailer == 9;
            Class<?> expected = inVersion ? Parsed.Unsupported.class : Parsed.Damaged.class;
            assertEquals(expected, parsed.getClass(), "bit " + bit);
        }
    }

    @Test
    void ofAnotherSegmentIsAbsentBecauseTheFileWasRecycled() {
        List<SegmentHeader> others = List.of(
                new SegmentHeader(78, 3, 81920, 500, 0, 9, SEGMENT_BYTES, 0),
                new SegmentHeader(77, 4, 81920, 500, 0, 9, SEGMENT_BYTES, 0),
                new SegmentHeader(77, 3, 86016, 500, 0, 9, SEGMENT_BYTES, 0),
                new SegmentHeader(77, 3, 81920, 501, 0, 9, SEGMENT_BYTES, 0),
                new SegmentHeader(77, 3, 81920, 500, 0, 12, SEGMENT_BYTES, 0));
        for (SegmentHeader other : others) {
            assertEquals(new Parsed.Absent(), SegmentFooter.parse(MemorySegment.ofArray(room()), other));
        }
    }

    @Test
    void ofAnotherVersionIsUnsupported() {
        for (int version : new int[] {0, 2, 0xFFFF}) {
            byte[] room = room();
            FrameImage.little(2).putShort((short) version).flip().get(room, trailer(8), 2);
            assertInstanceOf(Parsed.Unsupported.class, parse(room));
            assertInstanceOf(Parsed.Unsupported.class, parse(resealed(room)));
        }
    }

    @Test
    void withBitsThatAreNotKnownIsUnsupported() {
        for (int at : new int[] {10, 11, 88, 89, 90, 91}) {
            byte[] room = FrameImage.flipped(room(), 8 * trailer(at) + 3);
            assertInstanceOf(Parsed.Unsupported.class, parse(resealed(room)), "byte " + at);
        }
    }

    @Test
    void withNumbersOutOfRangeIsUnsupported() {
        for (int at : new int[] {40, 56, 64, 72}) {
            byte[] room = FrameImage.flipped(room(), 8 * trailer(at) + 63);
            assertInstanceOf(Parsed.Unsupported.class, parse(resealed(room)), "byte " + at);
        }
        byte[] endsInItself = room();
        FrameImage.little(8).putLong(HEADER.framesEndPosition() + 8).flip().get(endsInItself, trailer(40), 8);
        assertInstanceOf(Parsed.Unsupported.class, parse(resealed(endsInItself)));
    }

    @Test
    void withAHostileNumberOfEntriesTakesNoMemory() {
        for (int count : new int[] {4, 166, 167, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
            byte[] room = room();
            FrameImage.little(4).putInt(count).flip().get(room, trailer(80), 4);
            assertInstanceOf(Parsed.Damaged.class, parse(resealed(room)), "count " + count);
        }
    }

    @Test
    void cutShortIsDamaged() {
        byte[] room = room();
        for (int length = 0; length < SegmentFooter.TRAILER_BYTES + 3 * 24; length++) {
            byte[] end = Arrays.copyOfRange(room, room.length - length, room.length);
            assertInstanceOf(Parsed.Damaged.class, parse(end), "length " + length);
        }
    }

    @Property
    void ofRandomBytesNeverThrows(@ForAll @Size(min = 240, max = 240) byte[] bytes) {
        parse(bytes);
        byte[] room = room();
        System.arraycopy(bytes, 0, room, trailer(40), 40);
        parse(resealed(room));
    }

    @Test
    void refusesAnIndexThatIsNotInOrder() {
        IndexEntry first = ENTRIES.get(0);
        for (IndexEntry second : List.of(
                new IndexEntry(first.position(), 501, 5, 9),
                new IndexEntry(90_000, 500, 5, 9),
                new IndexEntry(90_000, 501, 4, 9),
                new IndexEntry(90_000, 501, 5, 8))) {
            assertThrows(IllegalArgumentException.class, () -> footer(List.of(first, second)));
        }
        assertThrows(IllegalArgumentException.class, () -> footer(List.of(new IndexEntry(81912, 500, 0, 9))));
        assertThrows(IllegalArgumentException.class, () -> footer(List.of(new IndexEntry(90_000, 600, 0, 9))));
    }

    @Test
    void findsWhereToBeginReading() {
        assertNull(SegmentFooter.floorByPosition(ENTRIES, 81952));
        assertEquals(ENTRIES.get(0), SegmentFooter.floorByPosition(ENTRIES, 81960));
        assertEquals(ENTRIES.get(1), SegmentFooter.floorByPosition(ENTRIES, 81920 + 139_992));
        assertEquals(ENTRIES.get(2), SegmentFooter.floorByPosition(ENTRIES, Long.MAX_VALUE));
        assertNull(SegmentFooter.floorBySequence(ENTRIES, 499));
        assertEquals(ENTRIES.get(0), SegmentFooter.floorBySequence(ENTRIES, 519));
        assertEquals(ENTRIES.get(1), SegmentFooter.floorBySequence(ENTRIES, 520));
        assertNull(SegmentFooter.lastBefore(ENTRIES, 5));
        assertEquals(ENTRIES.get(0), SegmentFooter.lastBefore(ENTRIES, 60));
        assertEquals(ENTRIES.get(2), SegmentFooter.lastBefore(ENTRIES, 61));
    }

    private static SegmentFooter footer(List<IndexEntry> entries) {
        return new SegmentFooter(
                11, 77, 3, 81920, 81920 + 200_000, 500, 600, 1_700_000_000_005L, 1_700_000_000_900L, entries);
    }

    private static Parsed parse(byte[] room) {
        return SegmentFooter.parse(MemorySegment.ofArray(room), HEADER);
    }

    private static byte[] room() {
        byte[] room = new byte[4096];
        FOOTER.writeTo(MemorySegment.ofArray(room));
        return room;
    }

    private static int trailer(int offset) {
        return 4096 - SegmentFooter.TRAILER_BYTES + offset;
    }

    private static byte[] resealed(byte[] room) {
        MemorySegment bytes = MemorySegment.ofArray(room);
        LittleEndian.putInt(bytes, trailer(92), LittleEndian.crc32c(bytes, trailer(0), 92));
        return room;
    }
}
