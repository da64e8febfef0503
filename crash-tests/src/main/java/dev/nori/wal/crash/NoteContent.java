package dev.nori.wal.crash;

import dev.nori.wal.Wal;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * The bytes that are kept beside the records, as metadata or with a checkpoint: a pure function of their number. Now and then they are
 * longer than a block, so that one can be torn.
 */
final class NoteContent {
    /** The number of no bytes at all. */
    static final long NONE = 0;

    /** The number of bytes that nobody ever kept. */
    static final long TORN = -1;

    private static final int SHORT_BYTES = 100;

    private NoteContent() {}

    /**
     * The bytes of a number.
     *
     * @param number at least 1
     */
    static MemorySegment of(long number) {
        SplittableRandom random = new SplittableRandom(Seeds.mix(number, 0));
        int most = random.nextInt(3) == 0 ? Wal.MAX_NOTE_BYTES : SHORT_BYTES;
        byte[] bytes = new byte[random.nextInt(Long.BYTES, most + 1)];
        random.nextBytes(bytes);
        ByteBuffer.wrap(bytes).putLong(0, number);
        return MemorySegment.ofArray(bytes);
    }

    /** The number of the bytes that were found: {@link #NONE}, or {@link #TORN} if they are not what any number stands for. */
    static long number(MemorySegment found) {
        if (found.byteSize() == 0) return NONE;
        if (found.byteSize() < Long.BYTES) return TORN;
        long number = found.asByteBuffer().getLong(0);
        return number > 0 && of(number).mismatch(found) == -1 ? number : TORN;
    }
}
