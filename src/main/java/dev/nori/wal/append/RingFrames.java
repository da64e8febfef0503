package dev.nori.wal.append;

import dev.nori.wal.WalException;
import dev.nori.wal.frame.EncodedDraft;
import dev.nori.wal.frame.FrameChecksum;
import dev.nori.wal.frame.FrameDraft;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.Marks;
import dev.nori.wal.handoff.Stage;

/**
 * Stores frames into the ring: waits for room, claims it, copies the bytes and sums them up. Commits nothing: what was
 * stored and then given up is stored over by the next frame. For the caller whose turn it is.
 */
final class RingFrames {
    /** Frames up to this share of the ring wait for room and are then there at once; larger ones pass through in pieces. */
    private static final int WHOLE_SHARE_OF_RING = 4;

    private final Stage stage;
    private final Patience patience;
    private final FrameChecksum checksum = new FrameChecksum();
    private final RingSink sink;

    RingFrames(Stage stage, Patience patience) {
        this.stage = stage;
        this.patience = patience;
        this.sink = new RingSink(stage.ring());
    }

    /** The largest frame that is stored in one piece, in bytes. */
    long wholeBytes() {
        return stage.ring().bytes() / WHOLE_SHARE_OF_RING;
    }

    /** Stores a mark. */
    void putMark(long start, int timeDelta, long durable, long sequence, int generation, int reason) {
        awaitAndClaim(start + FrameLayout.MARK_BYTES);
        Marks.writePayload(sink.at(start + FrameLayout.HEADER_BYTES), durable, sequence, generation, reason);
        long word1 = FrameLayout.headerWord1(FrameKind.MARK, (byte) 0, 0, timeDelta);
        putHeader(start, word1, FrameLayout.MARK_PAYLOAD_BYTES, generation);
    }

    /** Stores a frame of records. */
    void put(long start, int timeDelta, FrameDraft draft, int generation) {
        long word1 = FrameLayout.headerWord1(draft.kind(), draft.flags(), draft.keyField(), timeDelta);
        if (draft instanceof EncodedDraft encoded) putEncoded(start, word1, encoded, generation);
        else if (FrameLayout.frameBytes(draft.payloadBytes()) <= wholeBytes())
            putWhole(start, word1, draft, generation);
        else putStreaming(start, word1, draft, generation);
    }

    private void putEncoded(long start, long word1, EncodedDraft draft, int generation) {
        int bytes = draft.frameBytes();
        awaitAndClaim(start + bytes);
        stage.ring().putBytes(start, draft.finish(word1, generation, start), 0, bytes);
    }

    private void putWhole(long start, long word1, FrameDraft draft, int generation) {
        long payloadBytes = draft.payloadBytes();
        awaitAndClaim(start + FrameLayout.frameBytes(payloadBytes));
        draft.writePayload(sink.at(start + FrameLayout.HEADER_BYTES));
        sink.padTo8();
        putHeader(start, word1, payloadBytes, generation);
    }

    private void putHeader(long start, long word1, long payloadBytes, int generation) {
        checksum.reset();
        stage.ring().checksum(checksum, start + FrameLayout.HEADER_BYTES, payloadBytes);
        storeHeader(start, word1, payloadBytes, checksum.finish((int) payloadBytes, word1, generation, start));
    }

    private void storeHeader(long start, long word1, long payloadBytes, int crc) {
        stage.ring().putLong(start, FrameLayout.headerWord0(crc, (int) payloadBytes));
        stage.ring().putLong(start + Long.BYTES, word1);
    }

    private void putStreaming(long start, long word1, FrameDraft draft, int generation) {
        int length = (int) draft.payloadBytes();
        draft.writePayload(new StreamSink(checksum.reset()));
        int crc = checksum.finish(length, word1, generation, start);
        awaitAndClaim(start + FrameLayout.HEADER_BYTES);
        storeHeader(start, word1, length, crc);
        try {
            stream(start, draft);
            if (checksum.finish(length, word1, generation, start) == crc) return;
            throw new WalException.Failed("the memory of a record changed while it was appended", null);
        } catch (WalException e) {
            stage.fail(e);
            throw e;
        } catch (RuntimeException e) {
            // Half of the frame may be in the log: what follows could never be reached again.
            stage.fail(e);
            throw stage.failure().asException();
        }
    }

    private void stream(long start, FrameDraft draft) {
        long payloadStart = start + FrameLayout.HEADER_BYTES;
        long payloadEnd = payloadStart + draft.payloadBytes();
        long end = start + FrameLayout.frameBytes(draft.payloadBytes());
        draft.writePayload(new StreamSink(checksum.reset(), stage, payloadStart, patience::awaitSpaceTo));
        awaitAndClaim(end);
        stage.ring().putZeros(payloadEnd, end - payloadEnd);
    }

    private void awaitAndClaim(long end) {
        patience.awaitSpaceTo(end);
        stage.claim(end);
    }
}
