package dev.nori.wal.frame;

import dev.nori.wal.Compression;
import dev.nori.wal.WalRecord;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Records of every shape, with what stands for their values in the log. */
final class Records {
    /**
     * A record and its stored value.
     *
     * @param stored shorter than the value if {@code used} is a compression; what a codec would make of it does not
     *     matter to frames
     */
    record Sample(WalRecord record, MemorySegment stored, Compression used) {
        RecordDraft draft() {
            return new RecordDraft().set(record, stored, used);
        }

        @Override
        public String toString() {
            return "%s %s as %s in %d B, ttl %s, version %s"
                    .formatted(record, used, stored, stored.byteSize(), record.ttl(), record.version());
        }
    }

    private Records() {}

    static Arbitrary<Sample> any() {
        return samples(Arbitraries.oneOf(
                Arbitraries.integers().between(0, 300), Arbitraries.of(0, 1, 65534, 65535, 65536, 70000)));
    }

    /** Short enough to have many. */
    static Arbitrary<List<Sample>> batches() {
        return samples(Arbitraries.integers().between(0, 40))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    private static Arbitrary<Sample> samples(Arbitrary<Integer> keyBytes) {
        return Combinators.combine(
                        keyBytes,
                        Arbitraries.oneOf(
                                Arbitraries.of(0, 1, 8), Arbitraries.integers().between(0, 3000)),
                        Arbitraries.of(true, false, false),
                        Arbitraries.oneOf(
                                        Arbitraries.of(0L, Long.MAX_VALUE),
                                        Arbitraries.longs().between(0, Long.MAX_VALUE))
                                .optional(),
                        Arbitraries.longs().optional(),
                        Arbitraries.of(Compression.NONE, Compression.LZ4, Compression.ZSTD),
                        Arbitraries.longs())
                .as(Records::sample);
    }

    private static Sample sample(
            int keyBytes,
            int valueBytes,
            boolean tombstone,
            Optional<Long> ttlMillis,
            Optional<Long> version,
            Compression compression,
            long seed) {
        Random random = new Random(seed);
        MemorySegment key = bytes(random, keyBytes);
        MemorySegment value = bytes(random, valueBytes);
        WalRecord record = tombstone ? WalRecord.delete(key) : WalRecord.put(key, value);
        if (ttlMillis.isPresent()) record = record.withTtl(Duration.ofMillis(ttlMillis.get()));
        if (version.isPresent()) record = record.withVersion(version.get(), ~version.get());
        if (record.value().byteSize() == 0 || compression == Compression.NONE) {
            return new Sample(record, record.value(), Compression.NONE);
        }
        return new Sample(record, bytes(random, random.nextInt(valueBytes)), compression);
    }

    private static MemorySegment bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return MemorySegment.ofArray(bytes);
    }
}
