package dev.nori.wal.recover;

import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.segment.Footers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Makes the files agree with what was found. Each step may be done again, so that a crash at any moment costs nothing. */
final class Mending {
    /** What zeros are worth that the files show where something was cut off. */
    enum Zeros {
        /** They are on the disk: nothing has failed since it was opened. */
        ON_THE_DISK,
        /** A sync may have failed on them, so that the disk still has what was there: they are written once more. */
        DOUBTFUL
    }

    private static final long PIECE_BYTES = 1 << 20;

    private final Storage storage;
    private final SegmentFiles files;
    private final SegmentChain chain;

    Mending(Storage storage, SegmentFiles files, SegmentChain chain) {
        this.storage = storage;
        this.files = files;
        this.chain = chain;
    }

    /**
     * Makes what was scanned durable, and seals what is full.
     *
     * @param durable what is known to be so
     */
    void makeDurable(long durable) throws IoFailure {
        List<SegmentScan> scans = chain.scans();
        for (SegmentScan scan : scans) scan.writeAnew(durable);
        for (SegmentScan scan : scans) scan.file().sync();
        for (SegmentScan scan : scans.subList(0, Math.max(0, scans.size() - 1))) {
            ScanState state = scan.state();
            SegmentFooter footer = scan.index().footer(state.position(), state.sequence(), state.generation());
            Footers.write(scan.file(), scan.header(), footer);
        }
    }

    /** Segments behind the end hold nothing that counts: without a header they are merely prepared. */
    void emptyCutSegments(Zeros zeros) throws IoFailure {
        long next = chain.nextId();
        for (long id : files.ids()) {
            if (id < next || !mayBeBegun(id, zeros)) continue;
            files.file(id).writeDurably(0, AlignedMemory.blocks(FrameLayout.BLOCK_BYTES));
        }
    }

    private boolean mayBeBegun(long id, Zeros zeros) throws IoFailure {
        if (files.isBegun(id)) return true;
        return zeros == Zeros.DOUBTFUL && files.file(id).size() >= FrameLayout.BLOCK_BYTES;
    }

    /** Zeros behind the end of the last segment, its footer included: frames that were intact must not be found there again. */
    void wipeBehindTheEnd(Zeros zeros) throws IoFailure {
        SegmentScan scan = chain.lastScan();
        if (scan == null) return;
        SegmentHeader header = scan.header();
        LogFile file = scan.file();
        long from = header.offsetOf(chain.end().position());
        long size = Math.min(file.size(), header.segmentBytes());
        MemorySegment buffer =
                AlignedMemory.blocks(Math.min(PIECE_BYTES, FrameLayout.blockCeil(header.segmentBytes())));
        for (long at = FrameLayout.blockFloor(from); at < size; at += PIECE_BYTES) {
            MemorySegment piece = buffer.asSlice(0, Math.min(PIECE_BYTES, FrameLayout.blockCeil(size) - at));
            file.read(at, piece);
            MemorySegment behind = piece.asSlice(Math.max(0, from - at));
            if (zeros == Zeros.ON_THE_DISK && isZero(behind)) continue;
            behind.fill((byte) 0);
            file.write(at, piece);
        }
        file.sync();
    }

    private static boolean isZero(MemorySegment memory) {
        long bytes = memory.byteSize();
        if (bytes == 0) return true;
        boolean firstIsZero = memory.get(ValueLayout.JAVA_BYTE, 0) == 0;
        return firstIsZero && MemorySegment.mismatch(memory, 0, bytes - 1, memory, 1, bytes) == -1;
    }

    /** What was trimmed away or discarded before the crash is not the log's any more. */
    void deleteLeftovers() throws IoFailure {
        if (files.leftovers().isEmpty()) return;
        for (long id : files.leftovers()) storage.delete(SegmentName.of(id));
        storage.syncDirectory();
    }
}
