package dev.nori.wal.model;

import static net.jqwik.api.state.Transformer.mutate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.SegmentInfo;
import dev.nori.wal.WalReader;
import dev.nori.wal.log.Records;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.state.Transformer;

/** Deeds that ask for one record, one time, one segment, or for all at once. */
final class Asking {
    private Asking() {}

    static void read(LogModel model, int index) {
        Expected right = model.expected().get(index);
        model.check(model.wal().read(right.sequence()), index);
        assertEquals(right.position(), model.wal().positionOf(right.sequence()));
    }

    /** So long before now. */
    static Transformer<LogModel> atTime(long millisAgo) {
        return mutate("read from %d ms ago".formatted(millisAgo), model -> {
            model.settlePromised();
            long millis = model.millis() - millisAgo;
            int index = (int) model.expected().stream()
                    .takeWhile(entry -> entry.millis() < millis)
                    .count();
            Position from = model.wal().positionAt(Instant.ofEpochMilli(millis));
            List<LogEntry> entries = Records.entries(model.wal(), from);
            model.check(entries, index);
            assertEquals(model.expected().size() - index, entries.size());
        });
    }

    // ---- segments

    /** One that is there, and those that are not. */
    static Transformer<LogModel> segment(int drawn) {
        return mutate("read segment " + drawn, model -> {
            model.settlePromised();
            List<SegmentInfo> segments = model.wal().segments();
            assertEquals(model.first(), segments.getFirst().base());
            assertEquals(model.wal().endPosition(), segments.getLast().end());
            assertEquals(
                    model.expected().size(),
                    segments.stream().mapToLong(SegmentInfo::records).sum());
            holds(model, segments.get(drawn % segments.size()));
            long firstId = segments.getFirst().id();
            long none = segments.getLast().id() + 1 + drawn;
            assertThrows(IllegalArgumentException.class, () -> model.wal().readSegment(none));
            if (firstId > 0) Reading.isTold(model, () -> model.wal().readSegment(drawn % firstId));
        });
    }

    private static void holds(LogModel model, SegmentInfo segment) {
        try (WalReader reader = model.wal().readSegment(segment.id())) {
            List<LogEntry> held = reader.stream().toList();
            assertEquals(segment.records(), held.size(), segment::toString);
            model.check(held, model.indexOfSequence(segment.firstSequence()));
            for (LogEntry entry : held) {
                assertEquals(segment, segmentOf(model, entry.position()));
            }
        }
    }

    private static SegmentInfo segmentOf(LogModel model, Position position) {
        return model.wal().segments().stream()
                .filter(segment -> segment.base().compareTo(position) <= 0)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    // ---- all at once

    static Transformer<LogModel> replay(int drawn, int threads) {
        return mutate("replay from %d, %d at once".formatted(drawn, threads), model -> {
            model.settlePromised();
            int index = model.indexOf(drawn);
            TreeMap<Long, LogEntry> seen = new TreeMap<>(); // guarded by itself
            model.wal().replay(model.expected().get(index).position(), threads, view -> {
                LogEntry entry = view.entry();
                synchronized (seen) {
                    assertEquals(null, seen.put(entry.sequence(), entry), "shown twice");
                }
            });
            holdsFrom(model, index, List.copyOf(seen.values()));
        });
    }

    static Transformer<LogModel> replayInOrder(int drawn, int threads) {
        return mutate("replay in order from %d, %d at once".formatted(drawn, threads), model -> {
            model.settlePromised();
            int index = model.indexOf(drawn);
            List<LogEntry> seen = new ArrayList<>();
            model.wal().replayInOrder(model.expected().get(index).position(), threads, seen::add);
            holdsFrom(model, index, seen);
        });
    }

    private static void holdsFrom(LogModel model, int index, List<LogEntry> seen) {
        model.check(seen, index);
        assertEquals(model.expected().size() - index, seen.size());
    }
}
