package dev.nori.wal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcksTest {
    private final List<String> writes = new ArrayList<>();
    private final Acks acks = Acks.writtenTo(new OutputStream() {
        @Override
        public void write(int b) {
            throw new AssertionError("one byte is never worth a write");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            writes.add(new String(bytes, offset, length, StandardCharsets.US_ASCII));
        }
    });

    @Test
    void numberTheLinesFromOne() throws IOException {
        acks.acknowledged(1);
        acks.acknowledged(1);
        assertEquals(List.of("1\n", "2\n"), writes);
    }

    @Test
    void thatComeTogetherAreWrittenTogether() throws IOException {
        acks.acknowledged(8);
        acks.acknowledged(4);
        assertEquals(List.of("1\n2\n3\n4\n5\n6\n7\n8\n", "9\n10\n11\n12\n"), writes);
    }

    @Test
    void areCountedWithOrWithoutBeingWritten() throws IOException {
        Acks counted = Acks.countedOnly();
        counted.acknowledged(5);
        acks.acknowledged(7);
        assertEquals(5, counted.count());
        assertEquals(7, acks.count());
    }
}
