package dev.nori.wal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.Compression;
import dev.nori.wal.WalRecord;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FrameRoundTripTest {
    private final FrameCursor cursor = new FrameCursor();

    @Provide
    Arbitrary<Records.Sample> samples() {
        return Records.any();
    }

    @Provide
    Arbitrary<Long> positions() {
        return Arbitraries.oneOf(
                Arbitraries.of(0L, 8L, Long.MAX_VALUE), Arbitraries.longs().between(0, Long.MAX_VALUE));
    }

    @Provide
    Arbitrary<List<Records.Sample>> batches() {
        return Records.batches();
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aRecordOfAnyShapeComesBackWhereverItStands(
            @ForAll("samples") Records.Sample sample,
            @ForAll int generation,
            @ForAll("positions") long position,
            @ForAll int timeDelta) {
        FrameImage image = new FrameImage(generation, position, timeDelta);
        byte[] frame = image.record(sample.draft());

        assertEquals(FrameCursor.Outcome.FRAME, image.decode(cursor, frame), cursor::why);

        assertEquals(timeDelta, cursor.timeDelta());
        assertEquals(frame.length, cursor.frameBytes());
        assertEquals(sample.draft().payloadBytes(), cursor.payloadBytes());
        assertEquals(1, cursor.recordCount());
        StoredRecord stored = cursor.record(0);
        assertSame(sample, stored);
        assertEquals(0, stored.offsetInFrame());
        assertEquals(frame.length, stored.endInFrame());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aBatchOfAnyShapesComesBackInOrder(@ForAll("batches") List<Records.Sample> samples) {
        List<RecordDraft> drafts = samples.stream().map(Records.Sample::draft).toList();
        BatchDraft draft = new BatchDraft().set(drafts);
        byte[] frame = FrameImage.PLACE.batch(drafts);

        assertEquals(FrameCursor.Outcome.FRAME, FrameImage.PLACE.decode(cursor, frame), cursor::why);

        assertEquals(draft.payloadBytes(), cursor.payloadBytes());
        assertEquals(samples.size(), cursor.recordCount());
        long end = FrameLayout.HEADER_BYTES + FrameLayout.BATCH_HEADER_BYTES;
        for (int i = 0; i < samples.size(); i++) {
            StoredRecord stored = cursor.record(i);
            assertSame(samples.get(i), stored);
            assertEquals(end, stored.offsetInFrame());
            assertEquals(draft.offsetInFrame(i), stored.offsetInFrame());
            end = stored.endInFrame();
        }
        assertEquals(frame.length, end);
        assertSame(samples.getFirst(), cursor.record(0)); // back again
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aMarkComesBack(
            @ForAll int generation,
            @ForAll("positions") long durable,
            @ForAll("positions") long sequence,
            @ForAll @IntRange(min = 0, max = 2) int reason) {
        FrameImage image = new FrameImage(generation, durable, 5);
        byte[] frame = image.mark(durable, sequence, reason);
        assertEquals(FrameLayout.MARK_BYTES, frame.length);

        assertEquals(FrameCursor.Outcome.FRAME, image.decode(cursor, frame), cursor::why);

        assertEquals(FrameKind.MARK, cursor.kind());
        assertEquals(0, cursor.recordCount());
        assertEquals(durable, cursor.markDurable());
        assertEquals(sequence, cursor.markSequence());
        assertEquals(generation, cursor.markGeneration());
        assertEquals(reason, cursor.markReason());
        assertThrows(IndexOutOfBoundsException.class, () -> cursor.record(0));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void aFrameIsReadFromAnyKindOfMemoryAtAnyOffset(
            @ForAll("samples") Records.Sample sample, @ForAll @IntRange(min = 0, max = 64) int offset) {
        byte[] frame = FrameImage.PLACE.record(sample.draft());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] windows = {
                MemorySegment.ofArray(new byte[offset + frame.length + 3]),
                MemorySegment.ofArray(new long[(offset + frame.length) / 8 + 2]),
                arena.allocate(offset + frame.length + 3)
            };
            for (MemorySegment window : windows) {
                MemorySegment.copy(MemorySegment.ofArray(frame), 0, window, offset, frame.length);
                for (MemorySegment view : List.of(window, window.asReadOnly())) {
                    FrameCursor.Outcome outcome = cursor.decode(
                            view,
                            offset,
                            frame.length,
                            FrameImage.PLACE.position(),
                            FrameImage.PLACE.generation(),
                            frame.length);
                    assertEquals(FrameCursor.Outcome.FRAME, outcome, cursor::why);
                    assertSame(sample, cursor.record(0));
                }
            }
        }
    }

    @Test
    void emptyKeysAndValuesTakeOneHeader() {
        byte[] nothing = new byte[0];
        assertEquals(16, FrameImage.PLACE.record(WalRecord.put(nothing, nothing)).length);
        assertEquals(16, FrameImage.PLACE.record(WalRecord.delete(nothing)).length);
    }

    @Test
    void keysFrom65535BytesOnHaveTheirLengthInThePayload() {
        for (int keyBytes : new int[] {65533, 65534, 65535, 65536, 70000}) {
            WalRecord record = WalRecord.put(new byte[keyBytes], new byte[1]);
            RecordDraft draft = new RecordDraft().set(record, record.value(), Compression.NONE);
            boolean isLong = keyBytes >= 65535;
            assertEquals(isLong ? 0xFFFF : keyBytes, draft.keyField());
            assertEquals(keyBytes + 1 + (isLong ? 4 : 0), draft.payloadBytes());
        }
    }

    @Test
    void aDraftThatIsUsedAgainRemembersNothing() {
        WalRecord rich = WalRecord.putWithTtl(new byte[70000], new byte[9], Duration.ofHours(1))
                .withVersion(3, 4);
        WalRecord plain = WalRecord.put(new byte[] {1}, new byte[] {2});
        RecordDraft draft = new RecordDraft().set(rich, rich.value(), Compression.NONE);
        draft.set(plain, plain.value(), Compression.NONE);

        byte[] frame = FrameImage.PLACE.record(draft);

        assertEquals(FrameCursor.Outcome.FRAME, FrameImage.PLACE.decode(cursor, frame), cursor::why);
        assertSame(new Records.Sample(plain, plain.value(), Compression.NONE), cursor.record(0));
        assertEquals(24, frame.length);
    }

    private static void assertSame(Records.Sample expected, StoredRecord found) {
        WalRecord record = expected.record();
        assertEquals(-1, record.key().mismatch(found.key()));
        assertEquals(-1, expected.stored().mismatch(found.value()));
        assertEquals(record.isTombstone(), found.tombstone());
        assertEquals(expected.used(), found.compression());
        assertEquals(record.value().byteSize(), found.rawValueBytes());
        assertEquals(record.ttl().map(Duration::toMillis).orElse(StoredRecord.NO_TTL), found.ttlMillis());
        assertEquals(record.version().orElse(null), found.version());
    }
}
