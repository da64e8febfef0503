package dev.nori.wal.handoff;

import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.AlignedMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the bytes of a stage file turned out to be. Believes of them only what decides where to look. */
public sealed interface StageFile {
    /** Its name. */
    String NAME = "STAGE";

    /** There is none, or it was never finished, or a power cut mixed it: nothing in it counts. */
    record Absent() implements StageFile {}

    /** All of it is there. */
    record Whole(Left left) implements StageFile {}

    /**
     * The end of it is missing. A stage has its full size, durably, before anything is stored into it: no crash does that.
     *
     * @param left what is there, with zeros for the rest; null if it does not say of what size it was
     * @param bytes that are there
     */
    record Cut(@Nullable Left left, long bytes) implements StageFile {}

    /** Of a later version. */
    record Unsupported(String why) implements StageFile {}

    /** A segment that begins within the ring. */
    record Beginning(long previousEnd, SegmentHeader header) {}

    /** What an earlier process left in the stage, as far as it can be read. */
    record Left(
            long logId,
            int generation,
            boolean hasControl,
            long staged,
            long written,
            long durable,
            List<Beginning> beginnings,
            Ring ring) {
        /** The first position whose bytes are still in the ring. */
        public long oldest() {
            return Math.max(0, staged - ring.bytes());
        }
    }

    /** What there is to read, whole or not. */
    default Optional<Left> readable() {
        return switch (this) {
            case Whole whole -> Optional.of(whole.left());
            case Cut cut -> Optional.ofNullable(cut.left());
            case Absent a -> Optional.empty();
            case Unsupported u -> Optional.empty();
        };
    }

    /** Reads what is there. Throws at no content, and takes at most {@link StageLayout#MOST_BYTES}. */
    static StageFile parse(MemorySegment file) {
        return new Parser(file).parse();
    }

    /** Reads one file. */
    final class Parser {
        private static final long NO_DIGIT = 0x00FF_FFFF_FFFF_FFFFL;

        private final MemorySegment file;

        private Parser(MemorySegment file) {
            this.file = file;
        }

        private StageFile parse() {
            long copy = rightCopy();
            if (copy >= 0) return parse(file.asSlice(copy, StageLayout.FIXED_BYTES));
            if (isOfLaterVersion()) {
                return new Unsupported("the stage is of another version");
            }
            return hasAWholeSize() || isZero() ? new Absent() : new Cut(null, file.byteSize());
        }

        /** Offset of the copy that counts; -1 if none is right. A power cut may leave one of an older generation. */
        private long rightCopy() {
            boolean first = isRight(StageLayout.FIRST_COPY);
            boolean second = isRight(StageLayout.SECOND_COPY);
            if (!first || !second) return first ? StageLayout.FIRST_COPY : second ? StageLayout.SECOND_COPY : -1;
            int order =
                    Integer.compareUnsigned(generation(StageLayout.FIRST_COPY), generation(StageLayout.SECOND_COPY));
            return order >= 0 ? StageLayout.FIRST_COPY : StageLayout.SECOND_COPY;
        }

        private int generation(long copy) {
            return file.get(StageLayout.INT, copy + StageLayout.GENERATION);
        }

        private boolean isRight(long copy) {
            return file.byteSize() >= copy + StageLayout.FIXED_BYTES
                    && file.get(StageLayout.LONG, copy) == StageLayout.MAGIC
                    && file.get(StageLayout.INT, copy + StageLayout.FIXED_CRC)
                            == StageLayout.crc(file, copy, StageLayout.FIXED_CRC);
        }

        private boolean isOfLaterVersion() {
            if (file.byteSize() < Long.BYTES) return false;
            long magic = file.get(StageLayout.LONG, StageLayout.FIRST_COPY);
            return magic != StageLayout.MAGIC && (magic & NO_DIGIT) == (StageLayout.MAGIC & NO_DIGIT);
        }

        private boolean hasAWholeSize() {
            long ring = file.byteSize() - StageLayout.HEADER_BYTES;
            return ring > 0 && Long.bitCount(ring) == 1;
        }

        private boolean isZero() {
            for (long at = 0; at < file.byteSize(); at++) if (file.get(ValueLayout.JAVA_BYTE, at) != 0) return false;
            return true;
        }

        private StageFile parse(MemorySegment fixed) {
            long ring = fixed.get(StageLayout.LONG, StageLayout.RING_BYTES);
            long whole = StageLayout.HEADER_BYTES + ring;
            if (ring <= 0 || Long.bitCount(ring) != 1 || whole > StageLayout.MOST_BYTES) {
                return new Unsupported("the stage says that its ring has %d bytes".formatted(ring));
            }
            if (file.byteSize() >= whole) return new Whole(left(file.asSlice(0, whole), fixed));
            if (file.byteSize() < StageLayout.CURSORS_END) return new Cut(null, file.byteSize());
            MemorySegment padded = AlignedMemory.blocks(whole);
            MemorySegment.copy(file, 0, padded, 0, file.byteSize());
            return new Cut(left(padded, fixed), file.byteSize());
        }

        private static Left left(MemorySegment file, MemorySegment fixed) {
            long committed = file.get(StageLayout.LONG, StageLayout.COMMITTED);
            long written = file.get(StageLayout.LONG, StageLayout.WRITTEN);
            long staged = Math.max(committed, file.get(StageLayout.LONG, StageLayout.STREAMED));
            return new Left(
                    fixed.get(StageLayout.LONG, StageLayout.LOG_ID),
                    fixed.get(StageLayout.INT, StageLayout.GENERATION),
                    fixed.get(StageLayout.INT, StageLayout.CONTROL) == 1,
                    staged,
                    written,
                    durable(file, written, staged),
                    beginnings(file),
                    new Ring(file.asSlice(StageLayout.HEADER_BYTES)));
        }

        /** Nothing is durable that was not written, nor written that was not staged; the ring holds what is not written: else it says nothing. */
        private static long durable(MemorySegment file, long written, long staged) {
            long durable = file.get(StageLayout.LONG, StageLayout.DURABLE);
            long ring = file.byteSize() - StageLayout.HEADER_BYTES;
            boolean isPossible = 0 <= durable && durable <= written && written <= staged && staged - written <= ring;
            return isPossible ? durable : 0;
        }

        private static List<Beginning> beginnings(MemorySegment file) {
            List<Beginning> beginnings = new ArrayList<>();
            for (int i = 0; i < StageLayout.SLOTS; i++) {
                long slot = StageLayout.FIRST_SLOT + (long) i * StageLayout.SLOT_BYTES;
                int crc = StageLayout.crc(file, slot, StageLayout.SLOT_CRC);
                if (file.get(StageLayout.INT, slot + StageLayout.SLOT_CRC) != crc) continue;
                MemorySegment fields = file.asSlice(slot + StageLayout.SLOT_HEADER, SegmentHeader.FIELD_BYTES);
                if (SegmentHeader.parse(fields) instanceof SegmentHeader.Parsed.Valid valid) {
                    beginnings.add(new Beginning(file.get(StageLayout.LONG, slot), valid.header()));
                }
            }
            return beginnings;
        }
    }
}
