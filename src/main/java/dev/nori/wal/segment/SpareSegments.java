package dev.nori.wal.segment;

import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Files of trimmed segments, kept to be used again: their blocks have been written once, so that a sync changes no metadata.
 *
 * <p>They are not wiped. What a file still holds of its former life cannot be taken for frames of its new one: a frame's checksum
 * covers its position and its generation, and positions never repeat. Only the header is emptied, before the file gets a segment's name
 * again, because a header would name a segment that is no longer there. A footer names its segment and does not count for
 * another one.
 *
 * <p>For any thread.
 */
public final class SpareSegments {
    private static final String SUFFIX = ".spare";

    private final Storage storage;
    private final long segmentBytes;
    private final int most;
    private final ArrayDeque<String> names = new ArrayDeque<>(); // guarded by this

    /**
     * Finds the spares that an earlier process left, and deletes those that are of no use.
     *
     * @param segmentBytes size of the segments that are made now
     * @param most how many to keep
     */
    public SpareSegments(Storage storage, long segmentBytes, int most) throws IoFailure {
        this.storage = storage;
        this.segmentBytes = segmentBytes;
        this.most = most;
        for (String name : storage.list()) {
            if (!name.endsWith(SUFFIX)) continue;
            if (names.size() < most && sizeOf(name) == segmentBytes) names.add(name);
            else storage.delete(name);
        }
    }

    /** How many there are. */
    public synchronized int size() {
        return names.size();
    }

    /**
     * Takes the file of a segment that is no longer the log's: keeps it as a spare, or deletes it if there are enough, or if the
     * directory has no room for another name. The caller syncs the directory.
     */
    public synchronized void takeIn(long id) throws IoFailure {
        String name = SegmentName.of(id);
        if (names.size() >= most || sizeOf(name) != segmentBytes) {
            storage.delete(name);
            return;
        }
        String spare = name + SUFFIX;
        try {
            storage.rename(name, spare);
            names.add(spare);
        } catch (IoFailure e) {
            if (e.kind() != IoFailure.Kind.FULL) throw e;
            storage.delete(name); // that is how space comes back
        }
    }

    /** Gives a spare the name of a segment, prepared and open for writing; null if there is none. The caller syncs the directory. */
    public synchronized @Nullable LogFile giveOut(String name) throws IoFailure {
        String spare = names.peek();
        if (spare == null) return null;
        try (LogFile file = storage.open(spare, Storage.Access.WRITE)) {
            file.forgetCached(0);
            file.writeDurably(0, AlignedMemory.blocks(FrameLayout.BLOCK_BYTES));
        }
        storage.rename(spare, name);
        names.remove();
        return storage.open(name, Storage.Access.WRITE);
    }

    private long sizeOf(String name) throws IoFailure {
        try (LogFile file = storage.open(name, Storage.Access.READ)) {
            return file.size();
        }
    }
}
