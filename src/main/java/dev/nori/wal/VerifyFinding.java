package dev.nori.wal;

import java.util.Optional;
import java.util.OptionalLong;

/** Something that {@link Wal#verify} found to be other than it was written. */
public sealed interface VerifyFinding {
    /** Where it is, and what is lost with it. */
    Place place();

    /** What it is, in words for the person who has to act. */
    String sentence();

    /**
     * Where a finding is.
     *
     * @param file the name of a file in the log's directory
     * @param segment the id of the segment, if the file is one
     * @param offsetBytes where in the file it begins
     * @param positions the part of the log that cannot be read because of it, as far as it can be told
     * @param sequences the numbers of the records that stood there, as far as they can be told; may be more than were lost, never fewer
     */
    record Place(
            String file,
            OptionalLong segment,
            long offsetBytes,
            Optional<Range> positions,
            Optional<Range> sequences) {}

    /**
     * Positions or sequence numbers.
     *
     * @param from the first one
     * @param to the one behind the last
     */
    record Range(long from, long to) {
        /** Checks the order. */
        public Range {
            if (from < 0 || to < from) throw new IllegalArgumentException("range: " + from + " to " + to);
        }
    }

    /** A file that must be there is not. */
    record MissingFile(Place place, String sentence) implements VerifyFinding {}

    /** The file system does not give back a part of a file. */
    record UnreadableFile(Place place, String sentence) implements VerifyFinding {}

    /** A later version wrote it, or it uses what this version does not know: no damage, but this version cannot read it. */
    record UnsupportedFormat(Place place, String sentence) implements VerifyFinding {}

    /** A segment has no header, another one's, or one that does not go on where the segment before ends. */
    record DamagedHeader(Place place, String sentence) implements VerifyFinding {}

    /** There were frames here that had been durable, and there are none now, or not the ones that belong here. */
    record DamagedFrames(Place place, String sentence) implements VerifyFinding {}

    /** A record is whole, and its compressed value does not become the bytes it should. */
    record DamagedValue(Place place, String sentence) implements VerifyFinding {}

    /** The footer of a sealed segment is damaged or says something else than the frames. No record is lost with it. */
    record WrongFooter(Place place, String sentence) implements VerifyFinding {}

    /** The control file, or one of its two slots, is damaged or does not belong to the segments. */
    record DamagedControl(Place place, String sentence) implements VerifyFinding {}

    /** The stage is damaged. */
    record DamagedStage(Place place, String sentence) implements VerifyFinding {}
}
