package dev.nori.wal.append;

import dev.nori.wal.frame.FrameChecksum;
import dev.nori.wal.frame.PayloadSink;
import dev.nori.wal.handoff.Stage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes a payload that is larger than the ring through it piece by piece, and sums it up as it goes. With no stage it only
 * sums up, which is how the checksum is known before the first piece.
 */
final class StreamSink implements PayloadSink {
    private static final int PIECES_IN_RING = 8;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final FrameChecksum checksum;
    private final MemorySegment scratch = MemorySegment.ofArray(new byte[Long.BYTES]);
    private final LongConsumer awaitSpaceTo;
    private final @Nullable Stage stage;
    private final long pieceBytes;
    private final long start;
    private long position;
    private long shown;

    /** Sums up and stores nothing. */
    StreamSink(FrameChecksum checksum) {
        this(checksum, null, 0, end -> {});
    }

    /**
     * Stores and sums up.
     *
     * @param awaitSpaceTo returns once the ring has room up to the given position
     */
    StreamSink(FrameChecksum checksum, @Nullable Stage stage, long payloadPosition, LongConsumer awaitSpaceTo) {
        this.checksum = checksum;
        this.stage = stage;
        this.pieceBytes = stage == null ? Long.MAX_VALUE : stage.ring().bytes() / PIECES_IN_RING;
        this.start = payloadPosition;
        this.position = payloadPosition;
        this.shown = payloadPosition;
        this.awaitSpaceTo = awaitSpaceTo;
    }

    @Override
    public void putInt(int v) {
        scratch.set(INT, 0, v);
        putBytes(scratch, 0, Integer.BYTES);
    }

    @Override
    public void putLong(long v) {
        scratch.set(LONG, 0, v);
        putBytes(scratch, 0, Long.BYTES);
    }

    @Override
    public void padTo8() {
        scratch.set(LONG, 0, 0);
        putBytes(scratch, 0, -(position - start) & 7);
    }

    @Override
    public void putBytes(MemorySegment source, long offset, long length) {
        for (long done = 0; done < length; ) {
            long piece = Math.min(pieceBytes, length - done);
            putPiece(source, offset + done, piece);
            done += piece;
        }
    }

    private void putPiece(MemorySegment source, long offset, long length) {
        if (stage == null) {
            checksum.update(source, offset, length);
        } else {
            awaitSpaceTo.accept(position + length);
            stage.claim(position + length);
            stage.ring().putBytes(position, source, offset, length);
            stage.ring().checksum(checksum, position, length); // of what was stored: the source may have changed
            show(stage, position + length);
        }
        position += length;
    }

    /** Lets the writer have what is there, a piece at a time: small parts too must make room for those behind them. */
    private void show(Stage ring, long end) {
        if (end - shown < pieceBytes) return;
        ring.streamTo(end);
        shown = end;
    }
}
