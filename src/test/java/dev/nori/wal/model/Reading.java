package dev.nori.wal.model;

import static net.jqwik.api.state.Transformer.mutate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.log.EveryWayToRead;
import dev.nori.wal.log.Records;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.state.Transformer;
import org.junit.jupiter.api.function.Executable;

/** Deeds that read on from a place, good or bad. */
final class Reading {
    private Reading() {}

    static Transformer<LogModel> walk(int drawn, Way way) {
        return mutate("%s from %d".formatted(way, drawn), model -> {
            model.settlePromised();
            model.checkFrom(model.indexOf(drawn), way);
        });
    }

    static void everyWay(LogModel model) {
        model.checkAll();
        EveryWayToRead.tells(model.wal(), Records.entries(model.wal(), model.first()));
    }

    static void behind(LogModel model, int index) {
        Expected before = model.expected().get(index);
        try (WalReader reader = model.wal().readFrom(before.position())) {
            LogEntry entry = reader.poll();
            assertNotNull(entry, "nothing where a record is");
            assertEquals(entry.next(), reader.position());
            List<LogEntry> rest = Records.entries(model.wal(), entry.next());
            assertEquals(model.expected().size() - index - 1, rest.size());
            model.check(rest, index + 1);
        }
    }

    // ---- bad places

    static Transformer<LogModel> within(int drawn, int offset) {
        return mutate("go %d into %d".formatted(offset, drawn), model -> {
            model.settlePromised();
            Expected record = model.expected().get(model.indexOf(drawn));
            long keyBytes = record.record().key().byteSize();
            refused(model, new Position(record.position().bytes() + 1 + offset % (keyBytes - 1)));
        });
    }

    static Transformer<LogModel> beyond(int bytes) {
        return mutate("go %d behind the end".formatted(bytes + 1), model -> {
            model.settlePromised();
            Wal wal = model.wal();
            Position behind = new Position(wal.endPosition().bytes() + 1 + bytes);
            refused(model, behind);
            assertThrows(IllegalArgumentException.class, () -> wal.awaitDurable(behind));
            assertThrows(IllegalArgumentException.class, () -> wal.truncateBefore(behind));
            assertThrows(IllegalArgumentException.class, () -> wal.read(model.nextSequence() + bytes));
            assertThrows(IllegalArgumentException.class, () -> wal.positionOf(model.nextSequence() + 1 + bytes));
        });
    }

    private static void refused(LogModel model, Position place) {
        for (Executable deed : deedsAt(model.wal(), place)) assertThrows(IllegalArgumentException.class, deed);
    }

    /** To a place that was trimmed away. */
    static Transformer<LogModel> gone(int drawn) {
        return mutate("go to trimmed " + drawn, model -> {
            model.settlePromised();
            Expected trimmed = model.gone().get(drawn % model.gone().size());
            for (Executable deed : deedsAt(model.wal(), trimmed.position())) isTold(model, deed);
            if (trimmed.sequence() < model.firstSequence()) {
                isTold(model, () -> model.wal().read(trimmed.sequence()));
                isTold(model, () -> model.wal().positionOf(trimmed.sequence()));
            }
        });
    }

    static void isTold(LogModel model, Executable deed) {
        assertEquals(
                model.first(), assertThrows(WalException.Truncated.class, deed).first());
    }

    /** Everything that is done at a place where a record must begin or end. */
    private static List<Executable> deedsAt(Wal wal, Position place) {
        List<Executable> deeds = new ArrayList<>();
        for (Way way : Way.values()) deeds.add(() -> way.open(wal, place).close());
        deeds.add(() -> wal.replay(place, 2, view -> {}));
        deeds.add(() -> wal.replayInOrder(place, 2, entry -> {}));
        deeds.add(() -> wal.truncateAfter(place));
        deeds.add(() -> wal.checkpoint(place, MemorySegment.NULL));
        return deeds;
    }

    // ---- readers that stay

    static Transformer<LogModel> beginToFollow(Way way, int from) {
        return mutate(
                "%s stays, from %d".formatted(way, from),
                model -> model.followers().begin(way, from));
    }

    static Transformer<LogModel> follow(int which, int steps) {
        return mutate(
                "reader %d goes on for %d".formatted(which, steps),
                model -> model.followers().goOn(which, steps));
    }

    static Transformer<LogModel> endToFollow(int which) {
        return mutate(
                "reader %d ends".formatted(which), model -> model.followers().end(which));
    }
}
