package dev.nori.wal.recover;

import dev.nori.wal.WalException;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.IoFailure;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Looks for the next frame behind a hole. A mark proves itself; frames of records are proved by the generation in force, which is that
 * before the hole or that of the next mark.
 */
final class FrameSearch {
    /** Nothing was found. */
    static final long NONE = -1;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int STEP_BYTES = 8;
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[FrameLayout.BLOCK_BYTES]);

    /** Bytes of which a checksum is made in vain, for one segment: bytes that look like frames must not take for ever. */
    private static final long MOST_BYTES_IN_VAIN = 4L << 30;

    private final FrameProbe probe;
    private final SegmentHeader header;
    private final long endPosition;
    private long inVain;
    private int generation;

    /** A search in the file that the probe looks at. */
    FrameSearch(FrameProbe probe, SegmentHeader header, long fileBytes) {
        this.probe = probe;
        this.header = header;
        this.endPosition = header.positionAt(Math.min(fileBytes, header.framesEndOffset()));
    }

    /** The generation in force where a frame was found. */
    int generation() {
        return generation;
    }

    /** The first frame behind a position; {@link #NONE} if there is none. The probe holds it. */
    long behind(long position, int inForce) throws IoFailure {
        long found = search(position + STEP_BYTES, endPosition, inForce);
        if (found == NONE || probe.cursor().kind() != FrameKind.MARK || generation == inForce) return found;
        int later = generation; // the mark that began it is in the hole, frames between may be of it
        long earlier = search(position + STEP_BYTES, found, later);
        if (earlier != NONE) return earlier;
        probe.at(header, found, later);
        generation = later;
        return found;
    }

    private long search(long from, long to, int inForce) throws IoFailure {
        for (long at = from; at + FrameLayout.HEADER_BYTES <= to; at += STEP_BYTES) {
            if (header.offsetOf(at) % FrameLayout.BLOCK_BYTES == 0 && isZero(at)) {
                at += FrameLayout.BLOCK_BYTES - STEP_BYTES;
                continue;
            }
            if (looksLikeAFrame(at) && isFrame(at, inForce)) return at;
        }
        return NONE;
    }

    private boolean isZero(long at) throws IoFailure {
        long offset = header.offsetOf(at);
        if (probe.window().load(offset, FrameLayout.BLOCK_BYTES) < FrameLayout.BLOCK_BYTES) return false;
        MemorySegment memory = probe.window().memory();
        return memory.asSlice(probe.window().offset(offset), FrameLayout.BLOCK_BYTES)
                        .mismatch(ZEROS)
                == -1;
    }

    private boolean looksLikeAFrame(long at) throws IoFailure {
        long offset = header.offsetOf(at);
        if (probe.window().load(offset, FrameLayout.HEADER_BYTES) < FrameLayout.HEADER_BYTES) return false;
        MemorySegment memory = probe.window().memory();
        long place = probe.window().offset(offset);
        long payload = memory.get(LONG, place) >>> 32;
        long word1 = memory.get(LONG, place + STEP_BYTES);
        if (FrameLayout.frameBytes(payload) > endPosition - at) return false;
        return switch ((int) (word1 & 0xFF)) {
            case FrameKind.MARK -> (word1 & 0xFFFF_FFFFL) == FrameKind.MARK;
            case FrameKind.PUT, FrameKind.DELETE -> true;
            case FrameKind.BATCH -> (word1 & 0xFFFF_FFFFL) == FrameKind.BATCH;
            default -> false;
        };
    }

    private boolean isFrame(long at, int inForce) throws IoFailure {
        if (inVain > MOST_BYTES_IN_VAIN) return false;
        FrameCursor.Outcome outcome = probe.at(header, at, inForce);
        FrameCursor cursor = probe.cursor();
        if (outcome == FrameCursor.Outcome.UNSUPPORTED) throw unsupported(at);
        if (outcome != FrameCursor.Outcome.FRAME) {
            inVain += cursor.frameBytes();
            return false;
        }
        generation = cursor.kind() == FrameKind.MARK ? cursor.markGeneration() : inForce;
        return true;
    }

    private WalException.Unsupported unsupported(long at) {
        return new WalException.Unsupported("%s offset=%d: %s"
                .formatted(
                        SegmentName.of(header.segmentId()),
                        header.offsetOf(at),
                        probe.cursor().why()));
    }
}
