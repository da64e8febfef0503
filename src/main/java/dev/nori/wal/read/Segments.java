package dev.nori.wal.read;

import dev.nori.wal.Position;
import dev.nori.wal.SegmentInfo;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.segment.SegmentCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What there is to say about segments: their headers, each bounded by the next one's. Reads no frames. */
final class Segments {
    private Segments() {}

    /** All of them, oldest first. */
    static List<SegmentInfo> all(LogSource source) throws IoFailure {
        List<SegmentInfo> infos = new ArrayList<>();
        for (long id = source.catalog().first().segmentId(); ; id++) {
            SegmentHeader header = source.catalog().get(id);
            if (header == null) return infos;
            infos.add(info(source, header));
        }
    }

    /** One of them. */
    static SegmentInfo info(LogSource source, long id) throws IoFailure {
        SegmentCatalog catalog = source.catalog();
        SegmentHeader header = catalog.get(id);
        if (header != null) return info(source, header);
        SegmentHeader first = catalog.first();
        if (id >= 0 && id < first.segmentId()) throw Seek.trimmed("segment " + id, first);
        throw new IllegalArgumentException("there is no segment %d; the log has those from %d to %d"
                .formatted(id, first.segmentId(), catalog.last().segmentId()));
    }

    private static SegmentInfo info(LogSource source, SegmentHeader header) throws IoFailure {
        long nextSequence = source.stage().nextSequence(); // first: the end lies behind these
        long end = Math.max(header.basePosition(), source.stage().committed());
        SegmentHeader after = source.catalog().after(header);
        return new SegmentInfo(
                header.segmentId(),
                new Position(header.basePosition()),
                new Position(after == null ? end : after.basePosition()),
                header.baseSequence(),
                after == null ? Math.max(header.baseSequence(), nextSequence) : after.baseSequence(),
                Instant.ofEpochMilli(header.baseTimeMillis()),
                Instant.ofEpochMilli(endMillis(source.catalog(), header, after)),
                header.segmentBytes(),
                source.catalog().isSealed(header));
    }

    private static long endMillis(SegmentCatalog catalog, SegmentHeader header, @Nullable SegmentHeader after)
            throws IoFailure {
        if (after != null) return after.baseTimeMillis();
        return Math.max(header.baseTimeMillis(), catalog.lastTimeMillis());
    }
}
