package dev.nori.wal.model;

import static net.jqwik.api.state.Transformer.mutate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Position;
import dev.nori.wal.SegmentInfo;
import dev.nori.wal.Wal;
import java.util.List;
import net.jqwik.api.state.Transformer;

/** Deeds that take away: the front, the end, or all. */
final class Trimming {
    private Trimming() {}

    // ---- the front

    static void before(LogModel model, int index) {
        before(model, model.expected().get(index).position());
    }

    static void beforeTheEnd(LogModel model) {
        model.settlePromised();
        before(model, model.wal().endPosition());
    }

    /** Whole segments go: all that end at or before the position, are durable and not read by anybody. */
    private static void before(LogModel model, Position position) {
        Wal wal = model.wal();
        model.followers().endLost();
        List<SegmentInfo> segments = wal.segments();
        Position durable = wal.durablePosition();
        Position wanted = base(segments, position.compareTo(durable) < 0 ? position : durable);
        Position least = base(segments, model.followers().keepAtLeast(wanted));
        Position most = base(segments, model.followers().keepAtMost(wanted));
        Position first = wal.truncateBefore(position);
        assertTrue(first.compareTo(least) >= 0, () -> "too much is left: from " + first + ", not from " + least);
        assertTrue(first.compareTo(most) <= 0, () -> "too little is left: from " + first + ", not from " + most);
        assertEquals(first, wal.firstPosition());
        model.trimmed(first);
    }

    /** Where the segment begins that holds a position; the first one for what was trimmed away since a reader saw it. */
    private static Position base(List<SegmentInfo> segments, Position position) {
        return segments.stream()
                .map(SegmentInfo::base)
                .takeWhile(base -> base.compareTo(position) <= 0)
                .reduce((earlier, later) -> later)
                .orElse(segments.getFirst().base());
    }

    // ---- the end

    static void cutAt(LogModel model, int index) {
        Expected entry = model.expected().get(index);
        if (entry.indexInBatch() > 0) refuseWithin(model, entry.position());
        else cut(model, entry.position());
    }

    static void cutBehind(LogModel model, int index) {
        Position end = model.wal().read(model.expected().get(index).sequence()).next();
        boolean isWithin = index + 1 < model.expected().size()
                && model.expected().get(index + 1).indexInBatch() > 0;
        if (isWithin) refuseWithin(model, end);
        else cut(model, end);
    }

    static void cutNothing(LogModel model) {
        model.settlePromised();
        cut(model, model.wal().endPosition());
    }

    private static void refuseWithin(LogModel model, Position position) {
        assertThrows(IllegalArgumentException.class, () -> model.wal().truncateAfter(position));
    }

    private static void cut(LogModel model, Position position) {
        boolean isAtEnd = position.equals(model.wal().endPosition());
        model.followers().beforeCut(position);
        model.wal().truncateAfter(position);
        model.cut(position);
        if (!isAtEnd) Working.assertAllDurable(model);
        model.checkAll();
    }

    // ---- all

    static Transformer<LogModel> reset(long sequence) {
        return mutate("reset to " + sequence, model -> {
            model.settlePromised();
            Position end = model.wal().endPosition();
            model.followers().loseAll();
            model.wal().reset(sequence);
            assertTrue(model.wal().firstPosition().compareTo(end) >= 0, "a position is used twice");
            model.reset(model.wal().firstPosition(), sequence);
            model.checkAll();
        });
    }
}
