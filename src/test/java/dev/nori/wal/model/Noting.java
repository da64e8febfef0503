package dev.nori.wal.model;

import static net.jqwik.api.state.Transformer.mutate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalReader;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import net.jqwik.api.state.Transformer;

/** Deeds that note something beside the records. */
final class Noting {
    private Noting() {}

    static Transformer<LogModel> checkpoint(int drawn, int bytes) {
        return mutate("checkpoint at %d with %d bytes".formatted(drawn, bytes), model -> {
            model.settlePromised();
            int index = model.indexOf(drawn);
            Position noted = checkpointAt(model, model.expected().get(index).position(), bytes);
            try (WalReader reader = model.wal().readFrom(noted)) {
                model.check(Objects.requireNonNull(reader.poll()), index);
            }
        });
    }

    static Transformer<LogModel> checkpointAtTheEnd(int bytes) {
        return mutate("checkpoint at the end with %d bytes".formatted(bytes), model -> {
            model.settlePromised();
            Position end = model.wal().endPosition();
            assertEquals(end, checkpointAt(model, end, bytes));
        });
    }

    /** The place that is noted is the one that was asked for, or where a batch begins. */
    private static Position checkpointAt(LogModel model, Position position, int bytes) {
        Wal wal = model.wal();
        byte[] data = ExpectedNotes.bytes(bytes, position.bytes());
        wal.checkpoint(position, MemorySegment.ofArray(data));
        Position noted = wal.lastCheckpoint().orElseThrow().position();
        assertTrue(noted.compareTo(position) <= 0, () -> "noted " + noted + " for " + position);
        assertTrue(noted.compareTo(wal.durablePosition()) <= 0, () -> noted + " runs ahead of what is durable");
        model.notes().checkpoint(noted, data);
        return noted;
    }

    static Transformer<LogModel> metadata(int bytes, int seed) {
        return mutate("note %d bytes of metadata, seed %d".formatted(bytes, seed), model -> {
            byte[] metadata = ExpectedNotes.bytes(bytes, seed);
            model.wal().setMetadata(MemorySegment.ofArray(metadata));
            model.notes().metadata(metadata);
            model.notes().check(model.wal());
        });
    }

    static void tooMuch(LogModel model) {
        MemorySegment tooMuch = MemorySegment.ofArray(new byte[Wal.MAX_NOTE_BYTES + 1]);
        Position end = model.wal().endPosition();
        assertThrows(IllegalArgumentException.class, () -> model.wal().setMetadata(tooMuch));
        assertThrows(IllegalArgumentException.class, () -> model.wal().checkpoint(end, tooMuch));
        model.notes().check(model.wal());
    }
}
