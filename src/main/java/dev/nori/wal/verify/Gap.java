package dev.nori.wal.verify;

import dev.nori.wal.VerifyFinding.DamagedFrames;
import dev.nori.wal.VerifyFinding.UnsupportedFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * Stretches of a segment that cannot be read and of which it is not known yet how many records they held: that is known at the next
 * place that says a sequence number.
 */
final class Gap {
    private record Stretch(long segment, long offset, long from, long to, String why, boolean unsupported) {}

    private final Findings findings;
    private final List<Stretch> stretches = new ArrayList<>();
    private long firstSequence = -1;
    private long recordsSince;

    Gap(Findings findings) {
        this.findings = findings;
    }

    /** Whether the sequence number at hand is in doubt. */
    boolean isOpen() {
        return !stretches.isEmpty();
    }

    /** Bytes that are no frames. */
    void damaged(long segment, long offset, long from, long to, String why, long sequence) {
        open(new Stretch(segment, offset, from, to, why, false), sequence);
    }

    /** A frame that this version does not know. */
    void unsupported(long segment, long offset, long from, long to, String why, long sequence) {
        open(new Stretch(segment, offset, from, to, why, true), sequence);
    }

    private void open(Stretch stretch, long sequence) {
        if (!isOpen()) {
            firstSequence = sequence;
            recordsSince = 0;
        }
        if (stretches.size() == Findings.MOST) report(-1); // whatever comes, not all can be kept
        stretches.add(stretch);
    }

    /** Records that were read since. */
    void passed(long records) {
        recordsSince += records;
    }

    /**
     * Makes findings of what is open.
     *
     * @param sequence of the next record here; below 0 if nothing says it
     */
    void close(long sequence) {
        if (!isOpen()) return;
        report(sequence < 0 ? -1 : sequence - recordsSince);
    }

    private void report(long endSequence) {
        for (Stretch s : stretches) {
            var place = Places.inSegment(
                    s.segment, s.offset, Places.range(s.from, s.to), Places.range(firstSequence, endSequence));
            findings.add(s.unsupported ? new UnsupportedFormat(place, s.why) : new DamagedFrames(place, s.why));
        }
        stretches.clear();
    }
}
