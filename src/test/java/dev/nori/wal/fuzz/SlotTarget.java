package dev.nori.wal.fuzz;

import dev.nori.wal.frame.ControlSlot;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** A slot of the control file: whatever it says, it is judged, and one that is accepted is written again as it was. */
public final class SlotTarget {
    private SlotTarget() {}

    /** The bytes as they are, and with a right checksum. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        parse(bytes);
        byte[] sealed = bytes.clone();
        Seal.slot(sealed);
        parse(sealed);
    }

    private static void parse(byte[] bytes) {
        if (!(ControlSlot.parse(MemorySegment.ofArray(bytes)) instanceof ControlSlot.Parsed.Valid valid)) return;
        ControlSlot slot = valid.slot();
        byte[] again = new byte[bytes.length];
        slot.writeTo(MemorySegment.ofArray(again));
        int counts = Math.toIntExact(slot.bytes());
        if (!Arrays.equals(bytes, 0, counts, again, 0, counts)) {
            throw new AssertionError("read and written is not the same: " + slot);
        }
        if (slot.next().counter() != slot.counter() + 1) throw new AssertionError("the next one is not counted");
    }
}
