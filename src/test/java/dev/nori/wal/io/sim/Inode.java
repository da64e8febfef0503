package dev.nori.wal.io.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file without its name: what the page cache shows, what is surely on the device, and what may be there.
 *
 * <p>Every write adds a version to each sector it touches, stamped with the event at which it ended. A sync
 * that began at event {@code b} makes the last version before {@code b} the floor of its sector and forgets
 * what is older; versions that ended later stay open. After a power cut each sector is, on its own, its floor
 * or any version above it: the kernel writes pages back in any order, at any time, and the device tears
 * between sectors. The size is a versioned value of its own, because POSIX orders it with no data.
 */
final class Inode {
    /** A content a sector may have; null is zeros. */
    @SuppressWarnings("ArrayRecordComponent") // compared with Bytes.same alone
    record Version(long event, byte @Nullable [] bytes) {}

    /** A length the file may have. */
    record Size(long event, long bytes) {}

    final int id;
    final int sectorBytes;
    final SectorMap cache;
    final SectorMap floor;
    /** Versions above the floor, oldest first. Arrays are replaced, never changed. */
    final NavigableMap<Integer, Version[]> open;
    /** The floor first, then what came after it. */
    final List<Size> sizes;

    private long reservedBytes;
    private long reservedAt;
    private long reservedFloorBytes;
    /** Whether a sync failed, so that the cache may show what the device has not got. */
    private boolean forgotten;
    /** Mapped files are written back, and therefore torn, by whole pages. */
    boolean mapped;
    /** Handles of living processes; a file without a name stays as long as there is one. */
    int handles;

    /** A file that is entirely on the device. */
    Inode(int id, int sectorBytes, SectorMap content, long sizeBytes) {
        this(id, sectorBytes, content, content.fork(), new TreeMap<>(), new ArrayList<>());
        sizes.add(new Size(-1, sizeBytes));
    }

    private Inode(
            int id,
            int sectorBytes,
            SectorMap cache,
            SectorMap floor,
            NavigableMap<Integer, Version[]> open,
            List<Size> sizes) {
        this.id = id;
        this.sectorBytes = sectorBytes;
        this.cache = cache;
        this.floor = floor;
        this.open = open;
        this.sizes = sizes;
    }

    Inode copy() {
        Inode copy =
                new Inode(id, sectorBytes, cache.fork(), floor.fork(), new TreeMap<>(open), new ArrayList<>(sizes));
        copy.reserve(reservedBytes, reservedAt, reservedFloorBytes);
        copy.mapped = mapped;
        copy.forgotten = forgotten;
        return copy;
    }

    /** The file as a crash leaves it: all of it on the device. */
    Inode survivor(SectorMap content, long sizeBytes) {
        Inode survivor = new Inode(id, sectorBytes, content, sizeBytes);
        survivor.reserve(reservedFloorBytes, -1, reservedFloorBytes);
        survivor.mapped = mapped;
        return survivor;
    }

    long sizeBytes() {
        return sizes.getLast().bytes();
    }

    /** What every reader sees; null if readers that go around the cache see something else. */
    @Nullable Fingerprint fingerprint() {
        return forgotten ? null : ofFile(cache.fingerprint(), sizeBytes());
    }

    /** Of a file with that content. */
    Fingerprint ofFile(Fingerprint content, long sizeBytes) {
        return content.at(mapped ? ~sizeBytes : sizeBytes);
    }

    long reservedBytes() {
        return reservedBytes;
    }

    void write(long event, long offsetBytes, byte[] data) {
        int done = 0;
        while (done < data.length) {
            int sector = sectorOf(offsetBytes + done);
            int start = (int) ((offsetBytes + done) % sectorBytes);
            int length = Math.min(sectorBytes - start, data.length - done);
            add(event, sector, overlay(cache.get(sector), start, data, done, length));
            done += length;
        }
        if (done > 0 && offsetBytes + done > sizeBytes()) resize(event, offsetBytes + done);
    }

    /** Like a write, but sectors that hold the same bytes already were not touched. */
    void store(long event, Event.Store store) {
        for (int done = 0; done < store.page().length; done += sectorBytes) {
            int sector = sectorOf(store.offsetBytes() + done);
            byte[] bytes = Arrays.copyOfRange(store.page(), done, done + sectorBytes);
            if (!Bytes.same(cache.get(sector), bytes)) add(event, sector, bytes);
        }
    }

    /** Cut sectors read as zeros from now on; until a sync the old ones may come back. */
    void truncate(long event, long sizeBytes) {
        int tail = (int) (sizeBytes % sectorBytes);
        int whole = sectorOf(sizeBytes);
        for (int sector = whole; sector < cache.endSector(); sector++) {
            byte[] bytes = cache.get(sector);
            if (bytes != null) add(event, sector, sector == whole ? SectorMap.head(bytes, tail) : null);
        }
        reservedBytes = Math.min(reservedBytes, sizeBytes);
        resize(event, sizeBytes);
    }

    void allocate(long event, long sizeBytes) {
        reserve(Math.max(reservedBytes, sizeBytes), event, reservedFloorBytes);
        if (sizeBytes > sizeBytes()) resize(event, sizeBytes);
    }

    /**
     * Covers what ended before {@code begun}. A cut is covered like an extension: the size is metadata that
     * is needed to read the right bytes, and the port has no other way to make a cut durable.
     */
    void sync(long begun) {
        open.entrySet().removeIf(entry -> {
            Version[] versions = entry.getValue();
            int covered = covered(versions, begun);
            if (covered > 0) floor.put(entry.getKey(), versions[covered - 1].bytes());
            entry.setValue(Arrays.copyOfRange(versions, covered, versions.length));
            return covered == versions.length;
        });
        while (sizes.size() > 1 && sizes.get(1).event() < begun) sizes.removeFirst();
        if (reservedAt < begun) reservedFloorBytes = reservedBytes;
    }

    /**
     * What a failed sync does: the cache still shows the bytes, the device has not got them and never will.
     * Cuts stay possible and can still be synced, for they are metadata and not pages.
     */
    void forget(long begun) {
        forgotten = true;
        open.entrySet().removeIf(entry -> {
            Version[] kept = Arrays.stream(entry.getValue())
                    .filter(version -> version.event() >= begun || version.bytes() == null)
                    .toArray(Version[]::new);
            entry.setValue(kept);
            return kept.length == 0;
        });
    }

    /**
     * Makes one range durable, and a length that reaches its end; no other sector, and no other length than
     * is needed. Earlier unsynced sizes that reach far enough stay possible.
     */
    void settle(long offsetBytes, long lengthBytes) {
        if (lengthBytes == 0) return;
        long end = offsetBytes + lengthBytes;
        for (int sector = sectorOf(offsetBytes); sector <= sectorOf(end - 1); sector++) {
            open.remove(sector);
            floor.put(sector, cache.get(sector));
        }
        Size first = sizes.getFirst();
        sizes.removeIf(size -> size.bytes() < end);
        if (first.bytes() < end && sizes.getFirst().bytes() != end) sizes.addFirst(new Size(first.event(), end));
    }

    /**
     * What the device shows a reader that goes around the cache. Dirty pages are written back first, so it
     * differs from the cache only in what a failed sync forgot.
     */
    SectorMap seenByDirectReads() {
        if (!forgotten) return cache;
        SectorMap seen = floor.fork();
        open.forEach((sector, versions) -> seen.put(sector, versions[versions.length - 1].bytes()));
        return seen;
    }

    private int covered(Version[] versions, long begun) {
        int covered = 0;
        while (covered < versions.length && versions[covered].event() < begun) covered++;
        return covered;
    }

    private void add(long event, int sector, byte @Nullable [] bytes) {
        cache.put(sector, bytes);
        Version[] versions = open.getOrDefault(sector, new Version[0]);
        Version[] more = Arrays.copyOf(versions, versions.length + 1);
        more[versions.length] = new Version(event, bytes);
        open.put(sector, more);
    }

    private void resize(long event, long sizeBytes) {
        if (sizeBytes != sizeBytes()) sizes.add(new Size(event, sizeBytes));
    }

    private void reserve(long bytes, long event, long floorBytes) {
        reservedBytes = bytes;
        reservedAt = event;
        reservedFloorBytes = floorBytes;
    }

    private int sectorOf(long offsetBytes) {
        return Math.toIntExact(offsetBytes / sectorBytes);
    }

    private byte[] overlay(byte @Nullable [] below, int start, byte[] data, int from, int length) {
        byte[] bytes = below == null ? new byte[sectorBytes] : below.clone();
        System.arraycopy(data, from, bytes, start, length);
        return bytes;
    }
}
