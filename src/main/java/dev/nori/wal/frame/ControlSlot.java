package dev.nori.wal.frame;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * One of the two slots of the control file: what the log knows about itself that no segment says, and what its user wants kept
 * beside the records.
 *
 * <pre>
 *      0  magic "NORICTRL"                   64  u64 position of the cut
 *      8  u16 version = 1                    72  u64 position of the checkpoint
 *     10  u16 zero                           80  u32 checkpoint bytes
 *     12  u32 feature bits = 0               84  u32 metadata bytes
 *     16  u64 log id                         88  u32 void generation
 *     24  u64 counter                        92  u32 flags: 1 cut, 2 checkpoint, 4 ahead
 *     32  u64 first segment id               96  u32 zero
 *     40  u64 first position                100  u32 CRC32C of 0..99 and of what follows
 *     48  u64 first sequence                104  the checkpoint's bytes, then the metadata
 *     56  u64 zero
 * </pre>
 *
 * @param logId of the log it belongs to
 * @param counter from 1; of two slots the one with the higher number counts
 * @param start where the log begins
 * @param front whether it has begun there
 * @param voidGeneration a stage of this generation or an older one no longer counts: what it holds was cut away; unsigned
 * @param cut everything at or after this position is being cut away; null if no cut is under way
 * @param checkpoint the last one; null if there is none
 * @param metadata up to {@link #MAX_DATA_BYTES} bytes; not to be changed
 */
public record ControlSlot(
        long logId,
        long counter,
        LogStart start,
        Front front,
        int voidGeneration,
        @Nullable Long cut,
        @Nullable Mark checkpoint,
        MemorySegment metadata) {
    /** The most bytes of metadata, and of a checkpoint. */
    public static final int MAX_DATA_BYTES = 16 << 10;

    /** Size of a slot: whole blocks. */
    public static final int SLOT_BYTES = (int) FrameLayout.blockCeil(Fields.DATA + 2L * MAX_DATA_BYTES);

    /** Whether there is a segment where the log begins. */
    public enum Front {
        /** There is, with a header that is durable. */
        BEGUN,
        /** There may be none yet: the log is new, or all was discarded. */
        AHEAD
    }

    /** What a user noted with a position; not to be changed. */
    public record Mark(long position, MemorySegment data) {}

    /** What a slot turned out to be. */
    public sealed interface Parsed {
        /** A slot that was written whole. */
        record Valid(ControlSlot slot) implements Parsed {}

        /** Zeros: never written. */
        record Empty() implements Parsed {}

        /** Torn, or no longer what it was. */
        record Damaged(String why) implements Parsed {}

        /** Of a later version, or with parts that this version does not know. */
        record Unsupported(String why) implements Parsed {}
    }

    private static final class Fields {
        static final long MAGIC = SegmentHeader.magic("NORICTRL");
        static final int VERSION = 1;
        static final int CUT = 1;
        static final int CHECKPOINT = 2;
        static final int AHEAD = 4;
        static final int CRC = 100;
        static final int DATA = 104;
    }

    /** Checks the limits. */
    public ControlSlot {
        String doubt = doubt(start, cut == null ? 0 : cut, checkpoint == null ? 0 : checkpoint.position());
        if (doubt != null) throw new IllegalArgumentException(doubt);
        long most = Math.max(
                metadata.byteSize(), checkpoint == null ? 0 : checkpoint.data().byteSize());
        if (most > MAX_DATA_BYTES) throw new IllegalArgumentException("too long: " + most);
    }

    private static @Nullable String doubt(LogStart start, long cut, long checkpoint) {
        if (start.segmentId() < 0) return "first segment id out of range: " + start.segmentId();
        if (start.position() < 0 || start.position() % FrameLayout.BLOCK_BYTES != 0) {
            return "first position out of range: " + start.position();
        }
        if (start.sequence() < 0) return "first sequence out of range: " + start.sequence();
        if (cut < 0) return "cut out of range: " + cut;
        return checkpoint < 0 ? "checkpoint out of range: " + checkpoint : null;
    }

    /** The first one of a log; nothing was taken away and nothing is noted. */
    public static ControlSlot first(long logId) {
        return new ControlSlot(
                logId, 0, LogStart.OF_ALL, Front.BEGUN, 0, null, null, MemorySegment.ofArray(new byte[0]));
    }

    /** The first one of a log that has no segment yet. */
    public static ControlSlot unbegun(long logId) {
        return first(logId).resetTo(LogStart.OF_ALL, 0);
    }

    // ---- changed copies

    /** A copy with the next counter. */
    public ControlSlot next() {
        return new ControlSlot(logId, counter + 1, start, front, voidGeneration, cut, checkpoint, metadata);
    }

    /** A copy with another counter: where the file that counted so far is gone. */
    public ControlSlot counting(long other) {
        return new ControlSlot(logId, other, start, front, voidGeneration, cut, checkpoint, metadata);
    }

    /** Whether it is the one that the first open makes before there is anything else. */
    public boolean isFirst() {
        return counter == 1 && front == Front.AHEAD;
    }

    /** A copy that begins elsewhere. */
    public ControlSlot startingAt(LogStart other) {
        return new ControlSlot(logId, counter, other, Front.BEGUN, voidGeneration, cut, checkpoint, metadata);
    }

    /** A copy of a log that discards all it has: a checkpoint goes with what it spoke of. */
    public ControlSlot resetTo(LogStart other, int generation) {
        return new ControlSlot(logId, counter, other, Front.AHEAD, generation, null, null, metadata);
    }

    /** A copy of a log that has begun where it begins. */
    public ControlSlot begun() {
        return new ControlSlot(logId, counter, start, Front.BEGUN, voidGeneration, cut, checkpoint, metadata);
    }

    /** A copy that begins a cut; a checkpoint beyond it goes with what it spoke of. */
    public ControlSlot cutting(long position, int generation) {
        Mark left = checkpoint == null || checkpoint.position() > position ? null : checkpoint;
        return new ControlSlot(logId, counter, start, front, generation, position, left, metadata);
    }

    /**
     * A copy whose cut is done. A checkpoint at the cut now stands at the end: where the cut is a segment's base, the frames end
     * before it, and what is appended next may begin there.
     */
    public ControlSlot cutDone(int generation, long end) {
        Mark left = checkpoint == null ? null : new Mark(Math.min(checkpoint.position(), end), checkpoint.data());
        return new ControlSlot(logId, counter, start, front, generation, null, left, metadata);
    }

    /** A copy with another checkpoint. */
    public ControlSlot withCheckpoint(Mark other) {
        return new ControlSlot(logId, counter, start, front, voidGeneration, cut, other, metadata);
    }

    /** A copy with other metadata. */
    public ControlSlot withMetadata(MemorySegment other) {
        return new ControlSlot(logId, counter, start, front, voidGeneration, cut, checkpoint, other);
    }

    /**
     * How far the log had been durable when this was noted, if that is beyond a place where its frames end: what lies before a checkpoint
     * is durable before it is noted. 0 if nothing says so. Where the next segment would begin is no other place than the end.
     */
    public long durableBeyond(long end) {
        if (checkpoint == null || checkpoint.position() <= end) return 0;
        return checkpoint.position() == FrameLayout.blockCeil(end) ? 0 : checkpoint.position();
    }

    // ---- bytes

    /** What it takes of its slot; the rest means nothing. */
    public long bytes() {
        return Fields.DATA + checkpointBytes() + metadata.byteSize();
    }

    private long checkpointBytes() {
        return checkpoint == null ? 0 : checkpoint.data().byteSize();
    }

    /** Fills a slot, with zeros behind what it needs. */
    public void writeTo(MemorySegment slot) {
        slot.fill((byte) 0);
        LittleEndian.putLong(slot, 0, Fields.MAGIC);
        LittleEndian.putShort(slot, 8, Fields.VERSION);
        LittleEndian.putLong(slot, 16, logId);
        LittleEndian.putLong(slot, 24, counter);
        LittleEndian.putLong(slot, 32, start.segmentId());
        LittleEndian.putLong(slot, 40, start.position());
        LittleEndian.putLong(slot, 48, start.sequence());
        LittleEndian.putLong(slot, 64, cut == null ? 0 : cut);
        LittleEndian.putLong(slot, 72, checkpoint == null ? 0 : checkpoint.position());
        LittleEndian.putInt(slot, 80, (int) checkpointBytes());
        LittleEndian.putInt(slot, 84, (int) metadata.byteSize());
        LittleEndian.putInt(slot, 88, voidGeneration);
        LittleEndian.putInt(slot, 92, flags());
        if (checkpoint != null) MemorySegment.copy(checkpoint.data(), 0, slot, Fields.DATA, checkpointBytes());
        MemorySegment.copy(metadata, 0, slot, Fields.DATA + checkpointBytes(), metadata.byteSize());
        LittleEndian.putInt(slot, Fields.CRC, checksum(slot, checkpointBytes() + metadata.byteSize()));
    }

    private int flags() {
        return (cut == null ? 0 : Fields.CUT)
                | (checkpoint == null ? 0 : Fields.CHECKPOINT)
                | (front == Front.AHEAD ? Fields.AHEAD : 0);
    }

    private static int checksum(MemorySegment slot, long dataBytes) {
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(bytes(slot, 0, Fields.CRC));
        crc.update(bytes(slot, Fields.DATA, dataBytes));
        return (int) crc.getValue();
    }

    private static byte[] bytes(MemorySegment slot, long offset, long length) {
        return slot.asSlice(offset, length).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
    }

    /** Says what a slot is. Throws at no content. */
    public static Parsed parse(MemorySegment slot) {
        if (slot.byteSize() < Fields.DATA) return new Parsed.Damaged("the slot has only " + slot.byteSize() + " bytes");
        if (LittleEndian.isZero(slot, 0, slot.byteSize())) return new Parsed.Empty();
        if (LittleEndian.getLong(slot, 0) != Fields.MAGIC) return new Parsed.Damaged("the slot has another magic");
        int version = LittleEndian.getUnsignedShort(slot, 8);
        if (version != Fields.VERSION) return new Parsed.Unsupported("the control file is of version " + version);
        long checkpointBytes = LittleEndian.getUnsignedInt(slot, 80);
        long dataBytes = checkpointBytes + LittleEndian.getUnsignedInt(slot, 84);
        if (dataBytes > slot.byteSize() - Fields.DATA) return new Parsed.Damaged("the slot is longer than it can be");
        if (checksum(slot, dataBytes) != LittleEndian.getInt(slot, Fields.CRC)) {
            return new Parsed.Damaged("the slot's checksum is wrong");
        }
        return parseKnown(slot, checkpointBytes, dataBytes);
    }

    private static Parsed parseKnown(MemorySegment slot, long checkpointBytes, long dataBytes) {
        int features = LittleEndian.getInt(slot, 12);
        int flags = LittleEndian.getInt(slot, 92);
        long zeros = LittleEndian.getUnsignedShort(slot, 10)
                | LittleEndian.getLong(slot, 56)
                | LittleEndian.getInt(slot, 96);
        boolean cutting = (flags & Fields.CUT) != 0;
        boolean checked = (flags & Fields.CHECKPOINT) != 0;
        if (features != 0 || zeros != 0 || (flags & ~(Fields.CUT | Fields.CHECKPOINT | Fields.AHEAD)) != 0) {
            return new Parsed.Unsupported("the control file uses features that version 1 does not know");
        }
        LogStart start = new LogStart(
                LittleEndian.getLong(slot, 32), LittleEndian.getLong(slot, 40), LittleEndian.getLong(slot, 48));
        long cut = LittleEndian.getLong(slot, 64);
        long checkpoint = LittleEndian.getLong(slot, 72);
        boolean tooLong = checkpointBytes > MAX_DATA_BYTES || dataBytes - checkpointBytes > MAX_DATA_BYTES;
        boolean unflagged = (!cutting && cut != 0) || (!checked && (checkpoint | checkpointBytes) != 0);
        String doubt = tooLong || unflagged ? "the control file has more than it says" : doubt(start, cut, checkpoint);
        if (doubt != null) return new Parsed.Unsupported(doubt);
        MemorySegment data = copy(slot, Fields.DATA, checkpointBytes);
        return new Parsed.Valid(new ControlSlot(
                LittleEndian.getLong(slot, 16),
                LittleEndian.getLong(slot, 24),
                start,
                (flags & Fields.AHEAD) == 0 ? Front.BEGUN : Front.AHEAD,
                LittleEndian.getInt(slot, 88),
                cutting ? (Long) cut : null,
                checked ? new Mark(checkpoint, data) : null,
                copy(slot, Fields.DATA + checkpointBytes, dataBytes - checkpointBytes)));
    }

    private static MemorySegment copy(MemorySegment slot, long offset, long length) {
        return MemorySegment.ofArray(bytes(slot, offset, length)).asReadOnly();
    }
}
