package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Wal;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class NoteContentTest {
    @Test
    void saysItsNumber() {
        for (long n = 1; n < 200; n++) assertEquals(n, NoteContent.number(NoteContent.of(n)));
        assertEquals(NoteContent.NONE, NoteContent.number(MemorySegment.ofArray(new byte[0])));
    }

    @Test
    void isSometimesLongerThanABlockAndNeverTooLong() {
        long longest = 0;
        for (long n = 1; n < 200; n++)
            longest = Math.max(longest, NoteContent.of(n).byteSize());
        assertTrue(longest > 4096 && longest <= Wal.MAX_NOTE_BYTES, () -> "there is none longer than a block");
    }

    @Test
    void isTornIfAByteOfItIsAnother() {
        MemorySegment note = NoteContent.of(7);
        long last = note.byteSize() - 1;
        note.set(ValueLayout.JAVA_BYTE, last, (byte) (note.get(ValueLayout.JAVA_BYTE, last) + 1));
        assertEquals(NoteContent.TORN, NoteContent.number(note));
        assertEquals(NoteContent.TORN, NoteContent.number(MemorySegment.ofArray(new byte[3])));
    }
}
