package dev.nori.wal.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Compression;
import dev.nori.wal.WalRecord;
import dev.nori.wal.frame.ByteSource;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.StoredRecord;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodecsTest {
    private static final byte[] KEY = {1, 2, 3};

    @Property(tries = 300)
    void aRecordComesBackWhateverItsCompression(
            @ForAll Compression compression,
            @ForAll @Size(max = 5000) byte[] noise,
            @ForAll @IntRange(min = 1, max = 40) int repeats)
            throws CodecException {
        byte[] value = repeated(noise, repeats);
        WalRecord record = WalRecord.putWithTtl(KEY, value, Duration.ofMillis(repeats))
                .withVersion(repeats, -repeats)
                .compressed(compression);

        Stored stored = Stored.store(record);

        assertEquals(value.length, stored.rawBytes());
        assertTrue(
                stored.used() == compression || stored.used() == Compression.NONE || compression == Compression.AUTO);
        assertTrue(stored.used() != Compression.AUTO);
        assertTrue(stored.used() == Compression.NONE || stored.bytes().byteSize() + 4 < value.length);
        WalRecord back = Codecs.load(stored(record, stored));
        assertEquals(record, back);
        assertEquals(stored.used(), back.compression());
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void aTombstoneComesBack(Compression compression) throws CodecException {
        WalRecord record = WalRecord.delete(KEY).withVersion(1, 2).compressed(compression);
        Stored stored = Stored.store(record);
        assertEquals(Compression.NONE, stored.used());
        assertEquals(record, Codecs.load(stored(record, stored)));
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void textGetsSmaller(Compression compression) {
        Stored stored = Stored.store(WalRecord.put(KEY, text(500)).compressed(compression));
        assertEquals(compression, stored.used());
        assertTrue(stored.bytes().byteSize() < 2000, () -> "stored in " + stored.bytes());
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void noiseIsStoredAsItIs(Compression compression) {
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        WalRecord record = WalRecord.put(KEY, noise).compressed(compression);
        Stored stored = Stored.store(record);
        assertEquals(Compression.NONE, stored.used());
        assertArrayEquals(noise, stored.bytes().toArray(ValueLayout.JAVA_BYTE));
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void valuesOfLessThanAFewBytesAreStoredAsTheyAre(Compression compression) {
        for (int length = 0; length < 6; length++) {
            Stored stored = Stored.store(WalRecord.put(KEY, new byte[length]).compressed(compression));
            assertEquals(Compression.NONE, stored.used());
        }
    }

    @Test
    void aHigherLevelIsSmallerAndComesBackAlike() throws CodecException {
        byte[] value = new byte[60_000];
        Random random = new Random(3);
        for (int i = 0; i < value.length; i++) value[i] = (byte) ('a' + random.nextInt(1 + i % 7));
        WalRecord record = WalRecord.put(KEY, value);
        long before = Long.MAX_VALUE;
        for (int level : new int[] {1, 9, 22}) {
            Stored stored = Stored.store(record.compressed(Compression.ZSTD, level));
            long bytes = stored.bytes().byteSize();
            assertTrue(bytes < before, "level " + level + ": " + bytes);
            assertEquals(record, Codecs.load(stored(record, stored)));
            before = bytes;
        }
        Stored again = Stored.store(record.compressed(Compression.ZSTD, 1));
        assertTrue(again.bytes().byteSize() > before, "a lent context keeps no level");
    }

    @Test
    void aLevelThatDoesNotExistIsRefused() {
        WalRecord record = WalRecord.put(KEY, KEY);
        assertThrows(IllegalArgumentException.class, () -> record.compressed(Compression.ZSTD, 0));
        assertThrows(IllegalArgumentException.class, () -> record.compressed(Compression.ZSTD, 23));
        assertThrows(IllegalArgumentException.class, () -> record.compressed(Compression.LZ4, 1));
        assertThrows(IllegalArgumentException.class, () -> record.compressed(Compression.AUTO, 1));
        assertEquals(22, record.compressed(Compression.ZSTD, 22).compressionLevel());
    }

    @Test
    void memoryThatIsUsedAgainHoldsNothingOfTheValueBefore() throws CodecException {
        Packer packer = new Packer();
        PackedMemory memory = new PackedMemory();
        for (int lines : new int[] {900, 3, 70, 40_000, 12}) {
            WalRecord record = WalRecord.put(KEY, text(lines)).compressed(Compression.LZ4);
            ByteSource value = new ByteSource();
            value.set(record.value());
            Compression used = packer.pack(value, Compression.LZ4, 0, memory);
            byte[] packed = new byte[(int) value.bytes()];
            value.copyTo(packed);
            Stored stored = new Stored(
                    MemorySegment.ofArray(packed), used, record.value().byteSize());
            assertEquals(record, Codecs.load(stored(record, stored)));
        }
    }

    @Property(tries = 500)
    void noLengthTakesMoreMemoryThanItsBytesCanStandFor(
            @ForAll @Size(max = 64) byte[] bytes, @ForAll @LongRange(min = 1 << 20, max = 1L << 32) long raw) {
        for (Compression compression : new Compression[] {Compression.LZ4, Compression.ZSTD}) {
            long most = compression == Compression.LZ4 ? 255L * bytes.length : bytes.length / 4 * (128L << 10);
            if (raw > most) assertThrows(CodecException.class, () -> load(bytes, compression, raw));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void aValueOutsideTheHeapComesBack(Compression compression) throws CodecException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(50_000).fill((byte) 'x');
            WalRecord record = WalRecord.put(MemorySegment.ofArray(KEY), value).compressed(compression);
            Stored stored = Stored.store(record);
            assertEquals(compression, stored.used());
            assertEquals(record, Codecs.load(stored(record, stored)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void everyFlippedBitEndsInAnAnswer(Compression compression) {
        byte[] value = text(20);
        byte[] good = packed(value, compression);
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            loadHostile(bad, compression, value.length);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void aValueCutAnywhereIsRefused(Compression compression) {
        byte[] value = text(20);
        byte[] good = packed(value, compression);
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(CodecException.class, () -> load(cut, compression, value.length));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void aLengthThatIsNotTheValuesIsRefused(Compression compression) {
        byte[] value = text(20);
        byte[] good = packed(value, compression);
        for (long raw : new long[] {
            -1, 0, 1, value.length - 1, value.length + 1, 2L * value.length, FrameLayout.MAX_PAYLOAD_BYTES, 1L << 40
        }) {
            assertThrows(CodecException.class, () -> load(good, compression, raw), "raw " + raw);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void noMemoryIsTakenForAGigabyteInTwelveBytes(Compression compression) {
        CodecException refusal = assertThrows(
                CodecException.class, () -> load(new byte[12], compression, FrameLayout.MAX_PAYLOAD_BYTES));
        assertEquals("12 bytes of %s cannot hold 1073340400".formatted(compression), refusal.getMessage());
    }

    @Property(tries = 3000)
    void randomBytesEndInAnAnswer(
            @ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(min = 0, max = 40_000) int raw) {
        loadHostile(bytes, Compression.LZ4, raw);
        loadHostile(bytes, Compression.ZSTD, raw);
    }

    @Property(tries = 1000)
    void randomBytesBehindAZstandardHeaderEndInAnAnswer(
            @ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(min = 0, max = 255) int raw) {
        byte[] frame = new byte[6 + bytes.length];
        System.arraycopy(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0x20, (byte) raw}, 0, frame, 0, 6);
        System.arraycopy(bytes, 0, frame, 6, bytes.length);
        loadHostile(frame, Compression.ZSTD, raw);
    }

    @ParameterizedTest
    @EnumSource(names = {"LZ4", "ZSTD"})
    void manyThreadsMayComeAtOnce(Compression compression) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 1; i <= 200; i++) {
                WalRecord record = WalRecord.put(KEY, text(i)).compressed(compression);
                all.add(threads.submit(() -> {
                    assertEquals(record, Codecs.load(stored(record, Stored.store(record))));
                    return null;
                }));
            }
            for (Future<?> one : all) one.get();
        }
    }

    @Test
    void everyCompressionIsAvailableHere() {
        for (Compression compression : Compression.values()) assertTrue(Codecs.isAvailable(compression));
    }

    private static void loadHostile(byte[] stored, Compression compression, int raw) {
        try {
            assertEquals(raw, load(stored, compression, raw).value().byteSize());
        } catch (CodecException refusal) {
            assertInstanceOf(String.class, refusal.getMessage());
        }
    }

    private static WalRecord load(byte[] stored, Compression compression, long raw) throws CodecException {
        return Codecs.load(new StoredRecord(
                MemorySegment.ofArray(KEY),
                MemorySegment.ofArray(stored),
                false,
                compression,
                raw,
                StoredRecord.NO_TTL,
                null,
                0,
                0));
    }

    private static StoredRecord stored(WalRecord record, Stored stored) {
        return new StoredRecord(
                record.key(),
                stored.bytes(),
                record.isTombstone(),
                stored.used(),
                stored.rawBytes(),
                record.ttl().map(Duration::toMillis).orElse(StoredRecord.NO_TTL),
                record.version().orElse(null),
                0,
                0);
    }

    private static byte[] packed(byte[] value, Compression compression) {
        Stored stored = Stored.store(WalRecord.put(KEY, value).compressed(compression));
        assertEquals(compression, stored.used());
        byte[] bytes = stored.bytes().toArray(ValueLayout.JAVA_BYTE);
        assertArrayEquals(value, assertLoads(bytes, compression, value.length));
        return bytes;
    }

    private static byte[] assertLoads(byte[] bytes, Compression compression, int raw) {
        try {
            return load(bytes, compression, raw).valueBytes();
        } catch (CodecException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] text(int lines) {
        return "{\"user\":\"alice\",\"action\":\"login\"}\n".repeat(lines).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] repeated(byte[] noise, int times) {
        byte[] all = new byte[noise.length * times];
        for (int i = 0; i < times; i++) System.arraycopy(noise, 0, all, i * noise.length, noise.length);
        return all;
    }
}
