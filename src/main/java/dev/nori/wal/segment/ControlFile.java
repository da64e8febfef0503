package dev.nori.wal.segment;

import dev.nori.wal.WalException;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.ControlSlot.Parsed;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The control file: two slots, of which the one with the higher counter counts. A change is written into one slot and made durable,
 * and only then into the other: a power cut tears at most one of them, and damage to one of them costs nothing.
 *
 * <p>The file is made when the log is opened for the first time, and is not deleted again: from then on a change needs no space, so that
 * a log on a full disk can be trimmed. For any thread.
 */
public final class ControlFile {
    /** Its name. */
    public static final String NAME = "CONTROL";

    private static final String NEW_NAME = "CONTROL.new";
    private static final int SLOTS = 2;

    private final Storage storage;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile ControlSlot current;

    /** The control file of a log of which that is known; {@link #ensure} makes it if there is none. */
    public ControlFile(Storage storage, ControlSlot current) {
        this.storage = storage;
        this.current = current;
    }

    /** What is noted. */
    public ControlSlot current() {
        return current;
    }

    /**
     * Makes the file if there is none; on return it is durable and owns its space.
     *
     * @throws WalException.Full if there is no space for it
     */
    public void ensure() throws IoFailure {
        if (current.counter() == 0) change(UnaryOperator.identity());
    }

    /**
     * Changes what is noted; on return that is durable. Needs no space where there is a file.
     *
     * @throws WalException.Full if there was no control file and is no space for one; nothing was changed
     * @throws IoFailure after which the next open may or may not find the change
     */
    public void change(UnaryOperator<ControlSlot> change) throws IoFailure {
        lock.lock();
        try {
            ControlSlot next = change.apply(current).next();
            if (next.counter() == 1) create(next);
            else write(storage, next);
            current = next;
        } finally {
            lock.unlock();
        }
    }

    /** Under another name first: a control file that is there is whole, and owns its space. */
    private void create(ControlSlot slot) throws IoFailure {
        try {
            if (storage.list().contains(NEW_NAME)) storage.delete(NEW_NAME);
            writeNew(slot);
            storage.rename(NEW_NAME, NAME);
        } catch (IoFailure e) {
            if (e.kind() == IoFailure.Kind.FULL) throw full();
            throw e;
        }
        storage.syncDirectory();
    }

    private void writeNew(ControlSlot slot) throws IoFailure {
        try (LogFile file = storage.create(NEW_NAME)) {
            file.allocate((long) SLOTS * ControlSlot.SLOT_BYTES); // says for sure whether there is no space
            for (int i = 0; i < SLOTS; i++) file.write((long) i * ControlSlot.SLOT_BYTES, bytes(slot));
            file.sync();
        }
    }

    private WalException full() throws IoFailure {
        long needed = (long) SLOTS * ControlSlot.SLOT_BYTES;
        long free = storage.freeBytes();
        return new WalException.Full(
                "no space for %s/%s: %d bytes are needed, %d are free"
                        .formatted(storage.directory(), NAME, needed, free),
                needed,
                free);
    }

    /** Takes over what recovery found, and perhaps changed. */
    public void adopt(ControlSlot found) {
        current = found;
    }

    /** One slot after the other: at every moment one of them is whole on the disk. */
    private static void write(Storage storage, ControlSlot slot) throws IoFailure {
        MemorySegment bytes = bytes(slot).asSlice(0, FrameLayout.blockCeil(slot.bytes()));
        try (LogFile file = storage.open(NAME, Storage.Access.WRITE)) {
            for (int i = 0; i < SLOTS; i++) file.writeDurably((long) i * ControlSlot.SLOT_BYTES, bytes);
        }
    }

    private static MemorySegment bytes(ControlSlot slot) {
        MemorySegment bytes = AlignedMemory.blocks(ControlSlot.SLOT_BYTES);
        slot.writeTo(bytes);
        return bytes;
    }

    // ---- opening

    /** What the file turned out to be. */
    public sealed interface Reading {
        /** The slot that counts; null if there is none. */
        default @Nullable ControlSlot slot() {
            return null;
        }
    }

    /** There is no control file. */
    public record Absent() implements Reading {}

    /** Neither slot is whole. */
    public record Damaged(String what) implements Reading {}

    /**
     * What an earlier process noted.
     *
     * @param slot the newer of the whole ones
     * @param agreed whether both slots say the same; if not, it may be that the disk has only the older one
     */
    public record Found(ControlSlot slot, boolean agreed) implements Reading {
        /** Makes both slots agree, and a new file's name durable, so that what was found survives a power cut. */
        public void settle(Storage storage) throws IoFailure {
            if (!agreed) write(storage, slot);
            if (slot.counter() == 1) storage.syncDirectory(); // who created the file may have been killed before that
        }
    }

    /**
     * Reads what an earlier process noted. Changes nothing.
     *
     * @throws WalException.Unsupported if a later version wrote it
     */
    public static Reading read(Storage storage) throws IoFailure {
        if (!storage.list().contains(NAME)) return new Absent();
        List<ControlSlot> whole = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        try (LogFile file = storage.open(NAME, Storage.Access.WRITE)) {
            file.forgetCached(0); // after a sync that failed the cache may show a slot that the disk does not have
            for (int i = 0; i < SLOTS; i++) sort(storage, parse(file, i), whole, broken);
        }
        if (whole.isEmpty()) return new Damaged("both slots are damaged: " + String.join("; ", broken));
        ControlSlot first = whole.getFirst();
        ControlSlot last = whole.getLast();
        boolean agreed = whole.size() == SLOTS && first.counter() == last.counter();
        return new Found(first.counter() >= last.counter() ? first : last, agreed);
    }

    private static Parsed parse(LogFile file, int slot) throws IoFailure {
        MemorySegment bytes = AlignedMemory.blocks(ControlSlot.SLOT_BYTES);
        long got = file.read((long) slot * ControlSlot.SLOT_BYTES, bytes);
        return ControlSlot.parse(bytes.asSlice(0, got));
    }

    private static void sort(Storage storage, Parsed parsed, List<ControlSlot> whole, List<String> broken) {
        switch (parsed) {
            case Parsed.Valid valid -> whole.add(valid.slot());
            case Parsed.Empty e -> broken.add("the slot is empty");
            case Parsed.Damaged damaged -> broken.add(damaged.why());
            case Parsed.Unsupported unsupported ->
                throw new WalException.Unsupported("%s/%s: %s".formatted(storage.directory(), NAME, unsupported.why()));
        }
    }
}
