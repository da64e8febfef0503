package dev.nori.wal.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.nori.wal.Compression;
import dev.nori.wal.WalRecord;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EncodedDraftTest {
    private final EncodedDraft encoded = new EncodedDraft();

    @Provide
    Arbitrary<Records.Sample> samples() {
        return Records.any();
    }

    @Provide
    Arbitrary<List<Records.Sample>> batches() {
        return Records.batches();
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void aRecordHasTheBytesThatItHasWhenItIsStoredFieldByField(@ForAll("samples") Records.Sample sample) {
        dirty();
        FrameDraft frame = encoded.encode(sample.draft());
        if (sample.draft().payloadBytes() > EncodedDraft.MOST_BYTES) assertEquals(RecordDraft.class, frame.getClass());
        else assertArrayEquals(FrameImage.PLACE.record(sample.draft()), bytes(frame));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void aBatchHasTheBytesThatItHasWhenItIsStoredFieldByField(@ForAll("batches") List<Records.Sample> samples) {
        dirty();
        List<RecordDraft> drafts = samples.stream().map(Records.Sample::draft).toList();
        BatchDraft batch = new BatchDraft().set(drafts);
        FrameDraft frame = encoded.encode(batch);
        if (batch.payloadBytes() > EncodedDraft.MOST_BYTES) assertSame(batch, frame);
        else assertArrayEquals(FrameImage.PLACE.batch(drafts), bytes(frame));
    }

    @Test
    void keepsItsBytesWhenTheCallersMemoryChanges() {
        byte[] value = {1, 2, 3};
        WalRecord record = WalRecord.put(new byte[0], value);
        byte[] before = FrameImage.PLACE.record(record);
        FrameDraft frame = encoded.encode(new RecordDraft().set(record, record.value(), Compression.NONE));
        value[1] = 9;
        assertArrayEquals(before, bytes(frame));
    }

    @Test
    void leavesWhatAWriterWillWriteAlone() {
        RecordDraft draft = new RecordDraft();
        draft.putWritten((key, value) -> {}, 3, 4);
        assertSame(draft, encoded.encode(draft));
    }

    /** Padding must be zero whatever was there before. */
    private void dirty() {
        WalRecord other = WalRecord.put(new byte[0], filled(700));
        encoded.encode(new RecordDraft().set(other, other.value(), Compression.NONE));
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xFF);
        return bytes;
    }

    private byte[] bytes(FrameDraft frame) {
        assertSame(encoded, frame);
        FrameImage place = FrameImage.PLACE;
        long word1 = FrameLayout.headerWord1(encoded.kind(), encoded.flags(), encoded.keyField(), place.timeDelta());
        return Arrays.copyOf(encoded.finish(word1, place.generation(), place.position()), encoded.frameBytes());
    }
}
