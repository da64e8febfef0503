package dev.nori.wal.crash;

import java.util.ArrayList;
import java.util.List;

/**
 * What a log may keep beside its records. A checkpoint where the log was cut moves to its end, which may lie in the segment before.
 *
 * @param kept what was noted
 * @param least the checkpoint stands here at least
 */
record Keeping(Kept kept, long least) {
    static Keeping exactly(Kept kept) {
        return new Keeping(kept, kept.checkpointPosition());
    }

    boolean allows(Kept found) {
        return found.metadata() == kept.metadata()
                && found.checkpoint() == kept.checkpoint()
                && found.checkpointPosition() >= least
                && found.checkpointPosition() <= kept.checkpointPosition();
    }

    Keeping withMetadata(long number) {
        return new Keeping(kept.withMetadata(number), least);
    }

    /**
     * What may be left when the log is cut: a checkpoint goes with what it spoke of.
     *
     * @param lastEnd the last record before the cut ends behind this position
     */
    List<Keeping> cutAt(long position, long lastEnd) {
        List<Keeping> left = new ArrayList<>();
        if (kept.checkpointPosition() > position) left.add(exactly(kept.withCheckpoint(NoteContent.NONE, 0)));
        if (least > position) return left;
        long most = Math.min(kept.checkpointPosition(), position);
        left.add(new Keeping(kept.withCheckpoint(kept.checkpoint(), most), Math.min(least, lastEnd)));
        return left;
    }
}
