package dev.nori.wal.recover;

import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentFooter;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.recover.FactFinding.Scene;

/** Looks behind the end of the frames for marks and headers that prove that more had been durable. */
final class Beyond {
    /** How far behind the mark of an orderly close: if there was more, it does not begin later. */
    private static final long NEAR_BYTES = 1 << 20;

    private final Scene scene;
    private final SegmentChain chain;
    private TailSearch tail;
    private long durable;
    private long sequence;

    Beyond(Scene scene) {
        this.scene = scene;
        this.chain = scene.chain();
        this.tail = new TailSearch(scene.probe().window(), 0);
    }

    /** What was seen of the segments behind the end. */
    TailSearch tail() {
        return tail;
    }

    /** The highest position that anything in the segments says was durable. */
    long durable() {
        return Math.max(chain.end().durable(), Math.max(tail.durable(), durable));
    }

    /** The highest number of a next record that was seen. */
    long sequence() {
        return Math.max(tail.sequence(), sequence);
    }

    /** Looks; the chain was followed to its end. */
    void search() throws IoFailure {
        ScanState end = chain.end();
        tail = new TailSearch(scene.probe().window(), scene.youngest());
        SegmentScan scan = chain.lastScan();
        boolean closed = chain.isClosedBeforeZeros();
        if (scan != null) tail.search(scan.header(), scan.file(), end.position(), closed ? NEAR_BYTES : Long.MAX_VALUE);
        if (scan != null && chain.isScannedWhole()) believeFooter(scan);
        for (long id = chain.nextId(); id <= chain.lastBegunId(); id++) searchLater(id);
        searchWithoutHeader(chain.nextId(), end);
    }

    /** Where every segment is scanned, its footer says what there was. */
    private void believeFooter(SegmentScan scan) throws IoFailure {
        SegmentFooter footer = scene.files().footer(scan.header());
        if (footer == null) return;
        durable = Math.max(durable, footer.endPosition());
        sequence = Math.max(sequence, footer.nextSequence());
    }

    private void searchLater(long id) throws IoFailure {
        SegmentHeader header = scene.files().header(id);
        if (header == null || Integer.compareUnsigned(header.generation(), scene.youngest()) < 0) return;
        tail.search(header, scene.files().file(id), header.basePosition(), Long.MAX_VALUE);
        durable = Math.max(durable, header.durablePosition());
        sequence = Math.max(sequence, header.baseSequence());
    }

    /** A segment whose header was being written when the power went has no durable frame; one that has any lost its header. */
    private void searchWithoutHeader(long id, ScanState end) throws IoFailure {
        SegmentFiles files = scene.files();
        if (!files.has(id) || files.header(id) != null) return;
        if (!files.isBegun(id) && !scene.goesOnWithoutHeader(id)) return;
        long base = FrameLayout.blockCeil(end.position());
        TailSearch inside = new TailSearch(scene.probe().window(), scene.youngest());
        inside.search(
                files.assumedHeader(chain.logId(), id, base, end.generation()), files.file(id), base, Long.MAX_VALUE);
        if (inside.durable() <= end.position()) return;
        durable = Math.max(durable, inside.durable());
        sequence = Math.max(sequence, inside.sequence());
    }
}
