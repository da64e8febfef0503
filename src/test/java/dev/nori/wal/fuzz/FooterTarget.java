package dev.nori.wal.fuzz;

import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** A footer of a segment of 1 MiB: one that is accepted lies within its segment, and is written again as it was. */
public final class FooterTarget {
    /** Of the segment that the footer should belong to. */
    public static final SegmentHeader HEADER = new SegmentHeader(7, 1, 8192, 20, 1000, 3, 1 << 20, 4096);

    private FooterTarget() {}

    /** The bytes as they are, and with right checksums. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        parse(bytes);
        byte[] sealed = bytes.clone();
        Seal.footer(sealed);
        parse(sealed);
    }

    private static void parse(byte[] bytes) {
        MemorySegment room = MemorySegment.ofArray(bytes);
        if (!(SegmentFooter.parse(room, HEADER) instanceof SegmentFooter.Parsed.Valid valid)) return;
        SegmentFooter footer = valid.footer();
        byte[] again = new byte[bytes.length];
        footer.writeTo(MemorySegment.ofArray(again));
        if (!Arrays.equals(bytes, again)) throw new AssertionError("read and written is not the same: " + footer);
        if (footer.endPosition() > HEADER.framesEndPosition()) throw new AssertionError("ends behind its segment");
        SegmentFooter.floorByPosition(footer.entries(), footer.endPosition());
        SegmentFooter.floorBySequence(footer.entries(), footer.nextSequence());
    }
}
