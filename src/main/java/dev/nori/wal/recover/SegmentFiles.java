package dev.nori.wal.recover;

import dev.nori.wal.WalException;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.segment.Footers;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The segment files of a directory as recovery sees them: opened once, headers read once, closed together. */
final class SegmentFiles implements AutoCloseable {
    private final Storage storage;
    private final TreeMap<Long, SegmentHeader.Parsed> headers = new TreeMap<>();
    private final Map<Long, LogFile> open = new HashMap<>();
    private final List<Long> ids;
    private final Set<Long> known;
    private final List<Long> leftovers;
    private final MemorySegment headerBlock = AlignedMemory.blocks(FrameLayout.BLOCK_BYTES);

    /** The files of a log that begins with segment {@code firstId}. */
    SegmentFiles(Storage storage, long firstId) throws IoFailure {
        this.storage = storage;
        List<Long> all = storage.list().stream()
                .map(SegmentName::parse)
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .sorted()
                .toList();
        this.ids = all.stream().filter(id -> id >= firstId).toList();
        this.known = Set.copyOf(ids);
        this.leftovers = all.stream().filter(id -> id < firstId).toList();
    }

    /** Ids of files that are no longer the log's. */
    List<Long> leftovers() {
        return leftovers;
    }

    /** The ids that file names carry, sorted. */
    List<Long> ids() {
        return ids;
    }

    /** Names of the files of a segment and all behind it, leftovers included. */
    List<String> names(long firstId) {
        return Stream.concat(leftovers.stream(), ids.stream())
                .filter(id -> id >= firstId)
                .map(SegmentName::of)
                .toList();
    }

    /** Whether there is a file of a segment. */
    boolean has(long id) {
        return known.contains(id);
    }

    /** What the header would be of a segment that has lost it, as far as its frames are concerned; its file says where they end. */
    SegmentHeader assumedHeader(long logId, long id, long basePosition, int generation) {
        long most = Math.min(FrameLayout.MAX_SEGMENT_BYTES, FrameLayout.blockFloor(Long.MAX_VALUE - basePosition));
        return new SegmentHeader(logId, id, basePosition, 0, 0, generation, most, 0);
    }

    /** The header in a segment's file, if there is one that names that segment. */
    @Nullable SegmentHeader header(long id) throws IoFailure {
        if (!has(id)) return null;
        SegmentHeader.Parsed parsed = headers.get(id);
        if (parsed == null) {
            parsed = readHeader(id);
            headers.put(id, parsed);
        }
        return switch (parsed) {
            case SegmentHeader.Parsed.Valid valid -> valid.header().segmentId() == id ? valid.header() : null;
            case SegmentHeader.Parsed.Prepared p -> null;
            case SegmentHeader.Parsed.Damaged d -> null;
            case SegmentHeader.Parsed.Unsupported unsupported ->
                throw new WalException.Unsupported(
                        "%s/%s offset=0: %s".formatted(storage.directory(), SegmentName.of(id), unsupported.why()));
        };
    }

    /** Whether something stands where the header belongs. */
    boolean isBegun(long id) throws IoFailure {
        header(id);
        return !(headers.get(id) instanceof SegmentHeader.Parsed.Prepared);
    }

    /** Whether what stands where the header belongs is no header of that segment. */
    boolean isDamaged(long id) throws IoFailure {
        return header(id) == null && isBegun(id);
    }

    /** Forgets a header, because the file was written to. */
    void reread(long id) {
        headers.remove(id);
    }

    /** The footer of a segment, if it is sealed. */
    @Nullable SegmentFooter footer(SegmentHeader header) throws IoFailure {
        return switch (Footers.read(file(header.segmentId()), header)) {
            case SegmentFooter.Parsed.Valid valid -> valid.footer();
            case SegmentFooter.Parsed.Absent a -> null;
            case SegmentFooter.Parsed.Damaged d -> null; // the frames say it all again
            case SegmentFooter.Parsed.Unsupported unsupported ->
                throw new WalException.Unsupported("%s/%s: %s"
                        .formatted(storage.directory(), SegmentName.of(header.segmentId()), unsupported.why()));
        };
    }

    /** The file of a segment, open for writing until this is closed. */
    LogFile file(long id) throws IoFailure {
        LogFile file = open.get(id);
        if (file == null) {
            file = storage.open(SegmentName.of(id), Storage.Access.WRITE);
            open.put(id, file);
        }
        return file;
    }

    /** Leaves the closing of a file to the caller. */
    LogFile release(long id) throws IoFailure {
        LogFile file = file(id);
        open.remove(id);
        return file;
    }

    private SegmentHeader.Parsed readHeader(long id) throws IoFailure {
        long got = file(id).read(0, headerBlock);
        headerBlock.asSlice(got).fill((byte) 0); // a file too short for a header reads as a prepared one
        return SegmentHeader.parse(headerBlock);
    }

    @Override
    public void close() {
        open.values().forEach(LogFile::close);
        open.clear();
    }
}
