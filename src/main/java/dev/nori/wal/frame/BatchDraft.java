package dev.nori.wal.frame;

import java.util.Arrays;
import java.util.List;

/**
 * Records that stand or fall together, as they will be stored. Mutable and meant to be reused; one thread.
 *
 * <pre>
 *   payload:   0            4        8
 *              +------------+--------+----------+----------+- -
 *              | count      | zero   | record 0 | record 1 |
 *              +------------+--------+----------+----------+- -
 *
 *   record:    0                4      5       6            8
 *              +----------------+------+-------+------------+-----------+- - - -+
 *              | payload length | kind | flags | key length | payload   | zeros |
 *              +----------------+------+-------+------------+-----------+- - - -+
 * </pre>
 */
public final class BatchDraft implements FrameDraft {
    private static final int FIRST_OFFSET = FrameLayout.HEADER_BYTES + FrameLayout.BATCH_HEADER_BYTES;

    private List<RecordDraft> drafts = List.of();
    private long[] offsets = new long[16];
    private long payloadBytes;

    /** A draft of nothing; {@link #set} comes first. */
    public BatchDraft() {}

    /**
     * Makes this the draft of a batch; refers to the list and its drafts, which must not change until it was written.
     *
     * @param drafts at least one
     * @return this
     * @throws IllegalArgumentException if there are none
     */
    public BatchDraft set(List<RecordDraft> drafts) {
        if (drafts.isEmpty()) throw new IllegalArgumentException("a batch holds at least one record");
        if (offsets.length < drafts.size()) offsets = Arrays.copyOf(offsets, drafts.size());
        long offset = FIRST_OFFSET;
        for (int i = 0; i < drafts.size(); i++) {
            offsets[i] = offset;
            offset += FrameLayout.alignUp(
                    FrameLayout.INNER_HEADER_BYTES + drafts.get(i).payloadBytes(), FrameLayout.ALIGNMENT_BYTES);
        }
        this.drafts = drafts;
        payloadBytes = offset - FrameLayout.HEADER_BYTES;
        return this;
    }

    @Override
    public byte kind() {
        return FrameKind.BATCH;
    }

    @Override
    public byte flags() {
        return 0;
    }

    @Override
    public int keyField() {
        return 0;
    }

    /** {@inheritDoc} A multiple of eight. */
    @Override
    public long payloadBytes() {
        return payloadBytes;
    }

    @Override
    public int count() {
        return drafts.size();
    }

    /** Where the inner header of a record stands, in bytes from the start of the frame. */
    public long offsetInFrame(int i) {
        if (i >= drafts.size()) throw new IndexOutOfBoundsException("record %d of %d".formatted(i, drafts.size()));
        return offsets[i];
    }

    @Override
    public void writePayload(PayloadSink sink) {
        sink.putInt(drafts.size());
        sink.putInt(0);
        for (int i = 0; i < drafts.size(); i++) {
            RecordDraft draft = drafts.get(i);
            sink.putInt((int) draft.payloadBytes());
            sink.putInt((draft.kind() & 0xFF) | (draft.flags() & 0xFF) << 8 | draft.keyField() << 16);
            draft.writePayload(sink);
            sink.padTo8();
        }
    }
}
