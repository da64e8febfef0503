package dev.nori.wal.verify;

import dev.nori.wal.VerifyFinding.DamagedFrames;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.Marks;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the frames of one segment and checks what each says. Knows where it is: position, generation, and the number of the next
 * record, which is in doubt behind frames that are lost until something says it again.
 */
final class Walk {
    private static final long PACE_BYTES = 1 << 20;

    private final SegmentHeader header;
    private final LogFile file;
    private final Tools tools;
    private final Findings findings;
    private final @Nullable IndexTrail index;
    private final Values values;
    private final Search search;
    private final Gap gap;
    private final Counts counts = new Counts();
    private long position;
    private long sequence;
    private int generation;
    private long durable;
    private boolean closed;
    private long told;

    /** A walk from a segment's first frame on. */
    Walk(SegmentHeader header, LogFile file, Tools tools, Findings findings, @Nullable IndexTrail index) {
        this.header = header;
        this.file = file;
        this.tools = tools;
        this.findings = findings;
        this.index = index;
        this.values = new Values(tools, findings, counts);
        this.search = new Search(header, tools.window(), tools.cursor());
        this.gap = new Gap(findings);
        this.position = header.basePosition();
        this.sequence = header.baseSequence();
        this.generation = header.generation();
        this.durable = header.durablePosition();
        this.told = position;
        tools.window().lookAt(file);
    }

    SegmentHeader header() {
        return header;
    }

    /** Where there is no frame, or none yet looked at. */
    long position() {
        return position;
    }

    /** The number of the next record; below 0 if it is in doubt. */
    long sequence() {
        return gap.isOpen() ? -1 : sequence;
    }

    /** The number of the next record, or a lower one if it is in doubt. */
    long leastSequence() {
        return sequence;
    }

    int generation() {
        return generation;
    }

    /** The highest position that a mark or the header says was durable. */
    long durable() {
        return durable;
    }

    /** Whether the last frame is the mark of an orderly close. */
    boolean closed() {
        return closed;
    }

    Counts counts() {
        return counts;
    }

    /** Walks on to where there is no frame, or to a limit; reads what is there now, not what was there before. */
    FrameCursor.Outcome go(long limit) throws IoFailure {
        tools.window().lookAt(file);
        FrameCursor.Outcome outcome;
        do {
            outcome = position < limit ? decode() : FrameCursor.Outcome.EMPTY;
        } while (outcome == FrameCursor.Outcome.FRAME ? take() : outcome == FrameCursor.Outcome.UNSUPPORTED && pass());
        tellPace(0);
        return outcome;
    }

    /** Why there is no frame. */
    String why(FrameCursor.Outcome outcome) {
        return switch (outcome) {
            case FRAME, UNSUPPORTED, DAMAGED -> tools.cursor().why();
            case EMPTY -> "there are zeros where a frame was";
            case INCOMPLETE -> "the file ends within a frame";
        };
    }

    /** The next frame before {@code end}; -1 if there is none. */
    long nextFrame(long end) throws IoFailure {
        return search.frame(position + Long.BYTES, end, generation, index);
    }

    /** What a mark from here on says was durable, if it is more than what is known already. */
    long durableFromHere() throws IoFailure {
        return Math.max(durable, search.durable(position, generation));
    }

    /** Goes on elsewhere: what stands in between is lost. */
    void leap(long to, String why) {
        gap.damaged(header.segmentId(), header.offsetOf(position), position, to, why, sequence);
        if (index != null) index.skip(position, to);
        if (index != null && index.names(to)) generation = index.generation();
        closed = false;
        position = to;
    }

    /** The next record has that number, something says. False if it was known that it has another one. */
    boolean isNext(long number) {
        boolean fits = gap.isOpen() || number == sequence;
        gap.close(number);
        sequence = number;
        return fits;
    }

    /** Nothing says any more which records are lost. */
    void giveUp() {
        gap.close(-1);
    }

    private FrameCursor.Outcome decode() throws IoFailure {
        long room = header.framesEndPosition() - position;
        return Decoding.decode(tools.cursor(), tools.window(), header, position, generation, room);
    }

    private boolean take() {
        FrameCursor cursor = tools.cursor();
        closed = false;
        if (cursor.kind() == FrameKind.MARK) takeMark(cursor);
        else takeRecords(cursor);
        return moveOn(cursor.frameBytes());
    }

    private void takeMark(FrameCursor cursor) {
        long expected = cursor.markSequence();
        long was = sequence;
        if (!isNext(expected)) {
            String what = "a mark expects record %d, the log is at %d".formatted(expected, was);
            findings.add(new DamagedFrames(Places.inSegment(header.segmentId(), header.offsetOf(position)), what));
        }
        generation = cursor.markGeneration();
        durable = Math.max(durable, cursor.markDurable());
        closed = cursor.markReason() == Marks.CLOSE;
    }

    private void takeRecords(FrameCursor cursor) {
        if (index != null) {
            long number = index.pass(position, sequence(), cursor.timeDelta(), generation);
            if (number >= 0 && gap.isOpen()) isNext(number);
        }
        counts.time(header.baseTimeMillis() + Integer.toUnsignedLong(cursor.timeDelta()));
        values.check(header, position, sequence());
        sequence += cursor.recordCount();
        gap.passed(cursor.recordCount());
        counts.records(cursor.recordCount());
    }

    /** The frame is whole, and a later version's. */
    private boolean pass() {
        FrameCursor cursor = tools.cursor();
        long end = position + cursor.frameBytes();
        gap.unsupported(header.segmentId(), header.offsetOf(position), position, end, cursor.why(), sequence);
        if (index != null) index.skip(position, end);
        closed = false;
        return moveOn(cursor.frameBytes());
    }

    private boolean moveOn(long bytes) {
        position += bytes;
        counts.bytes(bytes);
        tellPace(PACE_BYTES);
        return true;
    }

    private void tellPace(long least) {
        if (position - told < Math.max(1, least)) return;
        tools.pace().advance(position - told);
        told = position;
    }
}
