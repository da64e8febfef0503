package dev.nori.wal.verify;

import dev.nori.wal.VerifyFinding.DamagedControl;
import dev.nori.wal.VerifyFinding.UnsupportedFormat;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.segment.ControlFile;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The control file as it was when the log was looked over.
 *
 * @param isThere whether there is one
 * @param slot the newer of the whole slots; null if there is none
 * @param slots what each slot is
 */
record Control(boolean isThere, @Nullable ControlSlot slot, List<ControlSlot.Parsed> slots) {
    private static final int SLOTS = 2;

    /** Reads it. */
    static Control read(Storage storage) throws IoFailure {
        if (!storage.list().contains(ControlFile.NAME)) return new Control(false, null, List.of());
        List<ControlSlot.Parsed> slots = new ArrayList<>();
        try (LogFile file = storage.open(ControlFile.NAME, Storage.Access.READ)) {
            MemorySegment bytes = AlignedMemory.blocks(ControlSlot.SLOT_BYTES);
            for (int i = 0; i < SLOTS; i++) {
                long got = file.read((long) i * ControlSlot.SLOT_BYTES, bytes);
                slots.add(ControlSlot.parse(bytes.asSlice(0, got)));
            }
        }
        return new Control(true, newest(slots), slots);
    }

    private static @Nullable ControlSlot newest(List<ControlSlot.Parsed> slots) {
        ControlSlot newest = null;
        for (ControlSlot.Parsed parsed : slots) {
            if (!(parsed instanceof ControlSlot.Parsed.Valid valid)) continue;
            if (newest == null || valid.slot().counter() > newest.counter()) newest = valid.slot();
        }
        return newest;
    }

    /** How often it was changed. */
    long counter() {
        return slot == null ? 0 : slot.counter();
    }

    /**
     * Says what is wrong with the slots. One that is torn is right for a log that was not closed: it was being written. The other one
     * has it all.
     */
    void judge(boolean closed, Findings findings) {
        for (int i = 0; i < slots.size(); i++) {
            var place = Places.inFile(ControlFile.NAME, (long) i * ControlSlot.SLOT_BYTES);
            switch (slots.get(i)) {
                case ControlSlot.Parsed.Valid v -> {}
                case ControlSlot.Parsed.Unsupported unsupported ->
                    findings.add(new UnsupportedFormat(place, unsupported.why()));
                case ControlSlot.Parsed.Empty e -> {
                    if (isFinding(closed)) findings.add(new DamagedControl(place, consequence("the slot is empty")));
                }
                case ControlSlot.Parsed.Damaged damaged -> {
                    if (isFinding(closed)) findings.add(new DamagedControl(place, consequence(damaged.why())));
                }
            }
        }
    }

    private boolean isFinding(boolean closed) {
        return slot == null || closed;
    }

    private String consequence(String why) {
        return slot == null
                ? why + ", and so is the other one: where the log begins, its metadata and its checkpoint are lost"
                : why + "; the other one is whole, nothing is lost";
    }
}
