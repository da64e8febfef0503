package dev.nori.wal.verify;

import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import org.jspecify.annotations.Nullable;

/**
 * A segment file as it was when the log was looked over.
 *
 * @param id the id that its name carries
 * @param parsed what stands where the header belongs
 * @param footer what stands where the footer belongs, an index left out; absent without a header
 */
record Segment(long id, SegmentHeader.Parsed parsed, SegmentFooter.Parsed footer) {
    /** Its header, if there is one and it names this segment. */
    @Nullable SegmentHeader header() {
        boolean named = parsed instanceof SegmentHeader.Parsed.Valid valid
                && valid.header().segmentId() == id;
        return named ? ((SegmentHeader.Parsed.Valid) parsed).header() : null;
    }

    /** Its footer without the index, if it is sealed. */
    @Nullable SegmentFooter seal() {
        return footer instanceof SegmentFooter.Parsed.Valid valid ? valid.footer() : null;
    }

    /** Why it has no header. */
    String whyNoHeader() {
        return switch (parsed) {
            case SegmentHeader.Parsed.Valid valid ->
                "the header is that of segment " + valid.header().segmentId();
            case SegmentHeader.Parsed.Prepared p -> "there are zeros where the header was";
            case SegmentHeader.Parsed.Damaged damaged -> damaged.why();
            case SegmentHeader.Parsed.Unsupported unsupported -> unsupported.why();
        };
    }
}
