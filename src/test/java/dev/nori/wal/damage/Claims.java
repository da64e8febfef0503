package dev.nori.wal.damage;

import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.handoff.StageFile;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds all that a sound log says of how far it was durable, by a walk of its own: marks, headers, footers, the stage. */
final class Claims {
    private static final int STAGE_CURSORS_BYTES = 264;

    private final List<Claim> claims = new ArrayList<>();

    private Claims() {}

    static List<Claim> of(Image image) {
        Claims found = new Claims();
        image.files().forEach(found::look);
        return List.copyOf(found.claims);
    }

    /** The header of a segment's file; null if it is none. */
    static @org.jspecify.annotations.Nullable SegmentHeader header(byte[] bytes) {
        if (bytes.length < FrameLayout.BLOCK_BYTES) return null;
        MemorySegment block = MemorySegment.ofArray(bytes).asSlice(0, FrameLayout.BLOCK_BYTES);
        return SegmentHeader.parse(block) instanceof SegmentHeader.Parsed.Valid valid ? valid.header() : null;
    }

    private void look(String name, byte[] bytes) {
        if (name.equals(Assembly.STAGE_NAME)) {
            lookAtStage(name, bytes);
            return;
        }
        SegmentHeader header = header(bytes);
        if (header == null) return;
        claims.add(new Claim(name, 0, SegmentHeader.FIELD_BYTES, header.durablePosition()));
        lookAtFooter(name, bytes, header);
        walk(name, bytes, header);
    }

    private void lookAtStage(String name, byte[] bytes) {
        MemorySegment memory = dev.nori.wal.io.AlignedMemory.blocks(bytes.length);
        memory.copyFrom(MemorySegment.ofArray(bytes));
        if (StageFile.parse(memory) instanceof StageFile.Whole whole) {
            claims.add(new Claim(name, 0, STAGE_CURSORS_BYTES, whole.left().durable()));
        }
    }

    private void lookAtFooter(String name, byte[] bytes, SegmentHeader header) {
        int room = (int) SegmentFooter.room(header.segmentBytes());
        MemorySegment memory = MemorySegment.ofArray(bytes).asSlice(bytes.length - room);
        if (!(SegmentFooter.parse(memory, header) instanceof SegmentFooter.Parsed.Valid valid)) return;
        claims.add(new Claim(
                name, bytes.length - room, bytes.length, valid.footer().endPosition()));
    }

    private void walk(String name, byte[] bytes, SegmentHeader header) {
        Frames.walk(bytes, header, (cursor, offset) -> {
            if (cursor.kind() != FrameKind.MARK) return;
            int end = (int) (offset + cursor.frameBytes());
            claims.add(new Claim(name, offset, end, cursor.markDurable()));
        });
    }

    /** The highest claim of those that still stand. */
    static long surviving(List<Claim> claims, Image before, Image after) {
        long highest = 0;
        for (Claim claim : claims) {
            if (claim.durable() > highest && claim.stands(before, after)) highest = claim.durable();
        }
        return highest;
    }

    /** Whether a claim that still stands goes beyond a position: one of the segments or, by that name, one of the stage. */
    static boolean surviveBeyond(long position, SmallLog log, Image after, Predicate<String> file) {
        return log.claims().stream()
                .anyMatch(claim ->
                        claim.durable() > position && file.test(claim.file()) && claim.stands(log.image(), after));
    }
}
