package dev.nori.wal.fuzz;

import dev.nori.wal.frame.SegmentHeader;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** A segment header: whatever it says, it is judged, and one that is accepted is written again as it was. */
public final class HeaderTarget {
    private HeaderTarget() {}

    /** The bytes as they are, and with a right checksum. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        parse(bytes);
        byte[] sealed = bytes.clone();
        Seal.header(sealed, 0);
        parse(sealed);
    }

    private static void parse(byte[] bytes) {
        if (!(SegmentHeader.parse(MemorySegment.ofArray(bytes)) instanceof SegmentHeader.Parsed.Valid valid)) return;
        byte[] again = new byte[bytes.length];
        valid.header().writeFieldsTo(MemorySegment.ofArray(again));
        if (!Arrays.equals(bytes, again)) throw new AssertionError("read and written is not the same: " + valid);
    }
}
