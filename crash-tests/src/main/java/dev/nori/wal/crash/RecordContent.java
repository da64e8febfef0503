package dev.nori.wal.crash;

import dev.nori.wal.WalRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The content of every record: a pure function of the seed, of who it is, and of the sizes asked for. Whoever reads a
 * record can therefore make it anew and compare, without having seen it before.
 *
 * <p>A record carries who it is in the first 20 bytes of its key; where the key is empty, of its value.
 */
@SuppressWarnings("EnumOrdinal") // written and read by one build
public final class RecordContent {
    private static final int MAGIC = 0x4E57; // "NW"
    private static final int ID_BYTES = 20;
    private static final int MAX_KEY_BYTES = 40;
    private static final int PATTERN_BYTES = 64;

    private RecordContent() {}

    /** The record that has this content. */
    public static WalRecord of(long seed, RecordId id, Sizes sizes) {
        SplittableRandom random = new SplittableRandom(
                Seeds.mix(Seeds.mix(Seeds.mix(seed, id.writer()), id.n()), id.batchIndex() << 16 | id.batchSize()));
        byte[] identity = identity(id, sizes);
        WalRecord record = plain(random, identity, sizes);
        if (random.nextInt(4) == 0) record = record.withVersion(id.writer(), id.n());
        if (random.nextInt(16) == 0) record = record.withTtl(Duration.ofMillis(random.nextInt(100_000)));
        return record;
    }

    private static WalRecord plain(SplittableRandom random, byte[] identity, Sizes sizes) {
        byte[] key = Arrays.copyOf(identity, ID_BYTES + random.nextInt(MAX_KEY_BYTES));
        return switch (random.nextInt(16)) {
            case 0 -> WalRecord.delete(key);
            case 1 -> WalRecord.put(new byte[0], value(random, identity, sizes));
            default -> WalRecord.put(key, value(random, new byte[0], sizes));
        };
    }

    /** Half of the values repeat themselves, so that a codec has something to do. */
    private static byte[] value(SplittableRandom random, byte[] beginning, Sizes sizes) {
        byte[] value = new byte[beginning.length + sizes.bytes(random)];
        byte[] pattern = new byte[random.nextBoolean() ? PATTERN_BYTES : value.length];
        random.nextBytes(pattern);
        for (int at = 0; at < value.length; at += pattern.length) {
            System.arraycopy(pattern, 0, value, at, Math.min(pattern.length, value.length - at));
        }
        System.arraycopy(beginning, 0, value, 0, beginning.length);
        return value;
    }

    private static byte[] identity(RecordId id, Sizes sizes) {
        return ByteBuffer.allocate(ID_BYTES)
                .putShort((short) MAGIC)
                .putShort((short) sizes.code())
                .putShort((short) id.batchIndex())
                .putShort((short) id.batchSize())
                .putInt(id.writer())
                .putLong(id.n())
                .array();
    }

    /** A record that was read: which it says it is, and whether it is that one to the last byte. */
    public record Seen(RecordId id, boolean intact) {}

    /** Looks at a record that was read. */
    public static Seen look(long seed, WalRecord record) {
        ByteBuffer identity = record.key().byteSize() > 0
                ? record.key().asByteBuffer()
                : record.value().asByteBuffer();
        return identityOf(identity)
                .map(seen -> new Seen(seen.id, of(seed, seen.id, seen.sizes).equals(record)))
                .orElse(new Seen(RecordId.single(Entry.NOBODY, 0), false));
    }

    private record Identity(RecordId id, Sizes sizes) {}

    private static Optional<Identity> identityOf(ByteBuffer bytes) {
        if (bytes.remaining() < ID_BYTES || bytes.getShort() != MAGIC) return Optional.empty();
        Optional<Sizes> sizes = Sizes.ofCode(bytes.getShort());
        int batchIndex = bytes.getShort();
        int batchSize = bytes.getShort();
        int writer = bytes.getInt();
        long n = bytes.getLong();
        if (writer < 0) return Optional.empty();
        return sizes.map(known -> new Identity(new RecordId(writer, n, batchIndex, batchSize), known));
    }
}
