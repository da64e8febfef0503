package dev.nori.wal.crash.disk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class FuseCodecTest {
    private static final long UNIQUE = 0x1122334455667788L;

    private final FuseReply reply = new FuseReply(MemorySegment.ofArray(new byte[FuseReply.BUFFER_BYTES]));

    @Test
    void readsAWrite() {
        MemorySegment bytes = request(FuseRequest.WRITE, 80 + 3);
        bytes.set(JAVA_LONG_UNALIGNED, 48, 4096);
        bytes.set(JAVA_INT_UNALIGNED, 56, 3);
        bytes.set(JAVA_BYTE, 82, (byte) 7);
        FuseRequest request = new FuseRequest(bytes);
        assertEquals(FuseRequest.WRITE, request.opcode());
        assertEquals(UNIQUE, request.unique());
        assertEquals(4096, request.offsetBytes());
        assertArrayEquals(new byte[] {0, 0, 7}, request.data());
    }

    @Test
    void refusesARequestWhoseLengthIsNotWhatWasRead() {
        MemorySegment bytes = request(FuseRequest.READ, 64);
        assertThrows(IllegalArgumentException.class, () -> new FuseRequest(bytes.asSlice(0, 63)));
        assertThrows(IllegalArgumentException.class, () -> new FuseRequest(bytes.asSlice(0, 12)));
    }

    @Test
    void answersInitWithTheLesserMinorVersionAndTheLargestWrite() {
        MemorySegment bytes = reply.init(UNIQUE, 31);
        assertHeader(bytes, 16 + 64, 0);
        assertEquals(7, bytes.get(JAVA_INT_UNALIGNED, 16));
        assertEquals(31, bytes.get(JAVA_INT_UNALIGNED, 20));
        assertEquals((1 << 5) | (1 << 22), bytes.get(JAVA_INT_UNALIGNED, 28));
        assertEquals(1 << 20, bytes.get(JAVA_INT_UNALIGNED, 36));
        assertEquals(256, bytes.get(JAVA_SHORT_UNALIGNED, 44));
        assertEquals(36, reply.init(UNIQUE, 45).get(JAVA_INT_UNALIGNED, 20));
    }

    @Test
    void answersAttributesOfARegularFile() {
        MemorySegment bytes = reply.attributes(UNIQUE, 1 << 20);
        assertHeader(bytes, 16 + 104, 0);
        assertEquals(1 << 20, bytes.get(JAVA_LONG_UNALIGNED, 16 + 24));
        assertEquals(0100600, bytes.get(JAVA_INT_UNALIGNED, 16 + 76));
    }

    @Test
    void answersOpenWithDirectIo() {
        MemorySegment bytes = reply.opened(UNIQUE);
        assertHeader(bytes, 32, 0);
        assertEquals(1, bytes.get(JAVA_INT_UNALIGNED, 24));
    }

    @Test
    void answersAFailureWithoutABody() {
        assertHeader(reply.status(UNIQUE, -5), 16, -5);
    }

    @Test
    void leavesNothingOfAnEarlierReplyInALaterOne() {
        reply.readTarget(200).fill((byte) 9);
        MemorySegment bytes = reply.statistics(UNIQUE);
        assertHeader(bytes, 96, 0);
        assertEquals(0, bytes.get(JAVA_LONG_UNALIGNED, 16));
        assertEquals(255, bytes.get(JAVA_INT_UNALIGNED, 16 + 44));
    }

    private static MemorySegment request(int opcode, int length) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[length]);
        bytes.set(JAVA_INT_UNALIGNED, 0, length);
        bytes.set(JAVA_INT_UNALIGNED, 4, opcode);
        bytes.set(JAVA_LONG_UNALIGNED, 8, UNIQUE);
        return bytes;
    }

    private static void assertHeader(MemorySegment bytes, int length, int error) {
        assertEquals(length, bytes.byteSize());
        assertEquals(length, bytes.get(JAVA_INT_UNALIGNED, 0));
        assertEquals(error, bytes.get(JAVA_INT_UNALIGNED, 4));
        assertEquals(UNIQUE, bytes.get(JAVA_LONG_UNALIGNED, 8));
    }
}
