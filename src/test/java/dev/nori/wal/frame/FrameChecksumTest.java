package dev.nori.wal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FrameChecksumTest {
    private static final long WORD1 = FrameLayout.headerWord1(FrameKind.PUT, (byte) 2, 300, -5);

    private final FrameChecksum checksum = new FrameChecksum();

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void coversPayloadThenHeaderThenGenerationThenPosition(
            @ForAll @Size(max = 200) byte[] payload, @ForAll int generation, @ForAll long position) {
        CRC32C plain = new CRC32C();
        plain.update(payload);
        plain.update(FrameImage.little(24)
                .putInt(payload.length)
                .put(FrameKind.PUT)
                .put((byte) 2)
                .putShort((short) 300)
                .putInt(-5)
                .putInt(generation)
                .putLong(position)
                .flip());

        checksum.reset().update(ByteBuffer.wrap(payload));

        assertEquals((int) plain.getValue(), checksum.finish(payload.length, WORD1, generation, position));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void doesNotCareHowThePayloadIsCutOrWhatMemoryItIsIn(
            @ForAll @Size(min = 1, max = 20_000) byte[] payload, @ForAll @IntRange(min = 0, max = 20_000) int cut) {
        int middle = Math.min(cut, payload.length);
        checksum.reset().update(ByteBuffer.wrap(payload));
        int expected = finish(payload);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment heap = MemorySegment.ofArray(payload);
            MemorySegment[] memories = {
                heap, heap.asReadOnly(), arena.allocate(payload.length).copyFrom(heap), inLongs(payload)
            };
            for (MemorySegment memory : memories) {
                checksum.reset();
                checksum.update(memory, 0, middle);
                checksum.update(memory, middle, payload.length - middle);
                assertEquals(expected, finish(payload));
            }
        }
        for (ByteBuffer buffer : new ByteBuffer[] {
            ByteBuffer.wrap(payload).asReadOnlyBuffer(),
            ByteBuffer.allocateDirect(payload.length).put(payload).flip()
        }) {
            checksum.reset().update(buffer.duplicate().limit(middle));
            checksum.update(buffer.duplicate().position(middle));
            assertEquals(expected, finish(payload));
        }
    }

    private static MemorySegment inLongs(byte[] bytes) {
        MemorySegment longs = MemorySegment.ofArray(new long[bytes.length / 8 + 1]);
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, longs, 0, bytes.length);
        return longs;
    }

    private int finish(byte[] payload) {
        return checksum.finish(payload.length, WORD1, 1, 2);
    }
}
