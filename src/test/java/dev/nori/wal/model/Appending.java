package dev.nori.wal.model;

import static net.jqwik.api.state.Transformer.mutate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.Compression;
import dev.nori.wal.Durability;
import dev.nori.wal.Position;
import dev.nori.wal.WalException;
import dev.nori.wal.WalRecord;
import dev.nori.wal.log.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.state.Transformer;

/** Deeds that append. */
final class Appending {
    private Appending() {}

    static Transformer<LogModel> append(int valueBytes, int kind, Durability durability) {
        return mutate("append %d bytes, kind %d, %s".formatted(valueBytes, kind, durability), model -> {
            model.settlePromised();
            WalRecord record = record(model, valueBytes, kind);
            model.appended(record, model.wal().append(record, durability));
            if (durability == Durability.DURABLE) Working.assertAllDurable(model);
        });
    }

    static Transformer<LogModel> appendAsync(int valueBytes, int kind, Durability durability) {
        return mutate("append %d bytes, kind %d, %s, later".formatted(valueBytes, kind, durability), model -> {
            WalRecord record = record(model, valueBytes, kind);
            model.promised(record, model.wal().appendAsync(record, durability));
        });
    }

    static Transformer<LogModel> batch(int count, int valueBytes, Durability durability) {
        return mutate("append %d of %d bytes as one, %s".formatted(count, valueBytes, durability), model -> {
            model.settlePromised();
            List<WalRecord> records = new ArrayList<>();
            for (int i = 0; i < count; i++) records.add(record(model, valueBytes, i));
            List<Position> positions = model.wal().appendBatch(records, durability);
            assertEquals(count, positions.size());
            for (int i = 0; i < count; i++) model.appended(records.get(i), positions.get(i), i);
        });
    }

    /** Appends until the next segment is begun. */
    static void roll(LogModel model) {
        model.settlePromised();
        for (int i = 0; i < 2; i++) {
            WalRecord half = Records.sized((int) model.nextSequence(), LogModel.SEGMENT_BYTES / 2);
            model.appended(half, model.wal().append(half));
        }
    }

    static void appendTooLarge(LogModel model) {
        WalRecord large = Records.sized(0, LogModel.SEGMENT_BYTES);
        assertThrows(WalException.TooLarge.class, () -> model.wal().append(large));
        assertThrows(WalException.TooLarge.class, () -> model.wal().appendAsync(large));
        assertThrows(WalException.TooLarge.class, () -> model.wal().appendBatch(List.of(large)));
    }

    private static WalRecord record(LogModel model, int valueBytes, int kind) {
        byte[] key = Records.key((int) model.nextSequence());
        byte[] value = new byte[valueBytes];
        if (kind % 2 == 0) new SplittableRandom(model.nextSequence()).nextBytes(value);
        WalRecord record = WalRecord.put(key, value);
        return switch (kind) {
            case 0, 1 -> record;
            case 2 -> record.compressed(Compression.LZ4).withVersion(kind, valueBytes);
            case 3 -> record.compressed(Compression.ZSTD);
            case 4 -> record.withTtl(Duration.ofMillis(valueBytes));
            default -> WalRecord.delete(Records.key(valueBytes));
        };
    }
}
