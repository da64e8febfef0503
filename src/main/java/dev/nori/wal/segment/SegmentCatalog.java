package dev.nori.wal.segment;

import dev.nori.wal.LostRange;
import dev.nori.wal.Verdict;
import dev.nori.wal.WalException;
import dev.nori.wal.frame.IndexEntry;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which segments hold the log, oldest first, and where each begins. Headers and footers of old segments are read when
 * somebody asks for them, so that opening a log costs the same however long it is. For any thread.
 */
public final class SegmentCatalog {
    /** What is known of a segment. */
    private static final class Entry {
        @Nullable SegmentHeader header;

        @Nullable IndexBuilder filling; // of segments that were scanned or filled since the log was opened
    }

    /** An index takes up to 0.04 % of its segment; few are needed at once. */
    private static final int MOST_FOOTERS = 16;

    private final Storage storage;
    private final SegmentPins pins;
    private long firstId; // guarded by this
    private final ArrayList<Entry> entries = new ArrayList<>(); // by id - firstId; guarded by this
    private final Map<Long, SegmentFooter> footers = newestFooters(); // by id; guarded by this

    /**
     * A catalog of segments that are known by their ids only.
     *
     * @param pins who reads them
     * @param firstId the oldest one
     * @param count how many there are, ids without a gap
     */
    public SegmentCatalog(Storage storage, SegmentPins pins, long firstId, int count) {
        this.storage = storage;
        this.pins = pins;
        this.firstId = firstId;
        for (int i = 0; i < count; i++) entries.add(new Entry());
    }

    private static Map<Long, SegmentFooter> newestFooters() {
        return new LinkedHashMap<>(MOST_FOOTERS, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, SegmentFooter> eldest) {
                return size() > MOST_FOOTERS;
            }
        };
    }

    /** A segment that was scanned, or begins now. */
    public synchronized void put(SegmentHeader header, IndexBuilder index) {
        int at = (int) (header.segmentId() - firstId);
        if (at == entries.size()) entries.add(new Entry());
        Entry entry = entries.get(at);
        entry.header = header;
        entry.filling = index;
    }

    // ---- trimming

    /** Keeps a segment from being trimmed until {@link #unpin}; false if it already was. */
    public boolean pin(SegmentHeader header) {
        return pins.pin(header.segmentId());
    }

    /** Ends one {@link #pin}. */
    public void unpin(SegmentHeader header) {
        pins.unpin(header.segmentId());
    }

    /**
     * Drops the oldest segments, as far as nobody reads them; the last one always stays. Their files are the caller's.
     *
     * @param wantedId the segment that is to be the first
     * @return the one that is
     */
    public synchronized SegmentHeader dropBefore(long wantedId) throws IoFailure {
        long last = firstId + entries.size() - 1;
        for (long id = Math.max(firstId, pins.advanceTo(Math.min(wantedId, last))); firstId < id; firstId++) {
            entries.removeFirst();
        }
        return headerAt(0);
    }

    // ---- looking up

    /** How many segments there are. */
    public synchronized int size() {
        return entries.size();
    }

    /** The oldest segment. There must be one. */
    public synchronized SegmentHeader first() throws IoFailure {
        return headerAt(0);
    }

    /** The segment that is being filled. There must be one. */
    public synchronized SegmentHeader last() throws IoFailure {
        return headerAt(entries.size() - 1);
    }

    /** The segment with that id; null if there is none. */
    public synchronized @Nullable SegmentHeader get(long id) throws IoFailure {
        long at = id - firstId;
        return at >= 0 && at < entries.size() ? headerAt((int) at) : null;
    }

    /** The segment that holds a position, or the first one if the position lies before it. There must be one. */
    public SegmentHeader floor(long position) throws IoFailure {
        return last(header -> header.basePosition() <= position);
    }

    /** The segment that holds a record or would be the next to, or the first one if the number is lower. There must be one. */
    public SegmentHeader floorBySequence(long sequence) throws IoFailure {
        return last(header -> header.baseSequence() <= sequence);
    }

    /** The last segment that was begun before a time, or the first one if none was. There must be one. */
    public SegmentHeader lastBegunBefore(long millis) throws IoFailure {
        return last(header -> header.baseTimeMillis() < millis);
    }

    /** The last segment up to which all hold; the first one if none does. Reads as many headers as halving takes. */
    private synchronized SegmentHeader last(Predicate<SegmentHeader> holdsUpTo) throws IoFailure {
        int low = 0;
        int high = entries.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (holdsUpTo.test(headerAt(middle))) low = middle;
            else high = middle - 1;
        }
        return headerAt(low);
    }

    /** The segment after another one; null if that was the last. */
    public @Nullable SegmentHeader after(SegmentHeader header) throws IoFailure {
        return get(header.segmentId() + 1);
    }

    /**
     * What a look at the sparse index of a segment finds; nothing where there is no index: begin at the segment's start.
     *
     * @param look must not keep the list
     */
    public synchronized @Nullable IndexEntry find(
            SegmentHeader header, Function<List<IndexEntry>, @Nullable IndexEntry> look) throws IoFailure {
        int at = (int) (header.segmentId() - firstId);
        if (at < 0) return null; // trimmed away since
        Entry entry = entries.get(at);
        if (entry.filling != null) return entry.filling.find(look);
        SegmentFooter footer = footer(header);
        return footer == null ? null : look.apply(footer.entries());
    }

    /** Whether a segment is full and its footer written. */
    public synchronized boolean isSealed(SegmentHeader header) throws IoFailure {
        int at = (int) (header.segmentId() - firstId);
        if (at == entries.size() - 1) return false;
        if (at < 0) return true; // trimmed away since
        Entry entry = entries.get(at);
        if (entry.filling == null) return true; // recovery began behind it, or its footer was seen
        if (footer(header) == null) return false;
        entry.filling = null; // the footer says the same
        return true;
    }

    /** When the last record of the segment that is being filled was appended. */
    public synchronized long lastTimeMillis() throws IoFailure {
        IndexBuilder filling = entries.getLast().filling;
        return filling == null ? last().baseTimeMillis() : filling.lastTimeMillis();
    }

    /** When the last record of a full segment was appended; where no footer says so, when the next segment was begun. */
    public synchronized long lastTimeMillis(SegmentHeader header, SegmentHeader next) throws IoFailure {
        int at = (int) (header.segmentId() - firstId);
        IndexBuilder filling = at < 0 ? null : entries.get(at).filling;
        if (filling != null) return filling.lastTimeMillis();
        SegmentFooter footer = at < 0 ? null : footer(header);
        return footer == null ? next.baseTimeMillis() : footer.lastTimeMillis();
    }

    private @Nullable SegmentFooter footer(SegmentHeader header) throws IoFailure {
        SegmentFooter known = footers.get(header.segmentId());
        if (known != null) return known;
        SegmentFooter read = readFooter(header);
        if (read != null) footers.put(header.segmentId(), read);
        return read;
    }

    private SegmentHeader headerAt(int at) throws IoFailure {
        Entry entry = entries.get(at);
        SegmentHeader known = entry.header;
        if (known != null) return known;
        SegmentHeader read = readHeader(firstId + at);
        entry.header = read;
        return read;
    }

    private SegmentHeader readHeader(long id) throws IoFailure {
        String name = SegmentName.of(id);
        try (LogFile file = storage.open(name, Storage.Access.READ)) {
            MemorySegment block = AlignedMemory.blocks(AlignedMemory.BLOCK_BYTES);
            file.read(0, block);
            SegmentHeader.Parsed parsed = SegmentHeader.parse(block);
            if (parsed instanceof SegmentHeader.Parsed.Valid valid
                    && valid.header().segmentId() == id) {
                return valid.header();
            }
            throw new WalException.Corrupt(
                    "%s/%s offset=0: this is not the segment's header: %s".formatted(storage.directory(), name, parsed),
                    new Verdict.Corrupt(name, id, 0, "this is not the segment's header", LostRange.NO_RECORDS));
        }
    }

    private @Nullable SegmentFooter readFooter(SegmentHeader header) throws IoFailure {
        try (LogFile file = storage.open(SegmentName.of(header.segmentId()), Storage.Access.READ)) {
            return Footers.read(file, header) instanceof SegmentFooter.Parsed.Valid valid ? valid.footer() : null;
        }
    }
}
