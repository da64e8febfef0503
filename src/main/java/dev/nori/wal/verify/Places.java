package dev.nori.wal.verify;

import dev.nori.wal.VerifyFinding.Place;
import dev.nori.wal.VerifyFinding.Range;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.handoff.StageFile;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes places of findings. A number below 0 is not known. */
final class Places {
    private Places() {}

    /** In a file that is no segment. */
    static Place inFile(String name, long offset) {
        return new Place(name, OptionalLong.empty(), offset, Optional.empty(), Optional.empty());
    }

    /** In the stage, and what is lost. */
    static Place inStage(long offset, Optional<Range> positions, Optional<Range> sequences) {
        return new Place(StageFile.NAME, OptionalLong.empty(), offset, positions, sequences);
    }

    /** In a segment; nothing is lost. */
    static Place inSegment(long id, long offset) {
        return new Place(SegmentName.of(id), OptionalLong.of(id), offset, Optional.empty(), Optional.empty());
    }

    /** The same, and what is lost. */
    static Place inSegment(long id, long offset, Optional<Range> positions, Optional<Range> sequences) {
        return new Place(SegmentName.of(id), OptionalLong.of(id), offset, positions, sequences);
    }

    /** From one to the other, if both are known and in order. */
    static Optional<Range> range(long from, long to) {
        return from < 0 || to < from ? Optional.empty() : Optional.of(new Range(from, to));
    }
}
