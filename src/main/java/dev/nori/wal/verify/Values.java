package dev.nori.wal.verify;

import dev.nori.wal.Compression;
import dev.nori.wal.VerifyFinding.DamagedValue;
import dev.nori.wal.codec.CodecException;
import dev.nori.wal.codec.Codecs;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.RecordShape;
import dev.nori.wal.frame.SegmentHeader;

/** Decompresses the values of the frame at hand. */
final class Values {
    private final Tools tools;
    private final Findings findings;
    private final Counts counts;

    Values(Tools tools, Findings findings, Counts counts) {
        this.tools = tools;
        this.findings = findings;
        this.counts = counts;
    }

    /**
     * Checks the frame that the cursor shows.
     *
     * @param sequence of its first record; below 0 if it is in doubt
     */
    void check(SegmentHeader header, long position, long sequence) {
        FrameCursor cursor = tools.cursor();
        for (int i = 0; i < cursor.recordCount(); i++) {
            RecordShape record = cursor.select(i);
            if (record.compression() == Compression.NONE) continue;
            if (!Codecs.isAvailable(record.compression())) counts.notDecoded();
            else decompress(record, header, position, sequence < 0 ? -1 : sequence + i);
        }
    }

    private void decompress(RecordShape record, SegmentHeader header, long framePosition, long sequence) {
        try {
            tools.values()
                    .decompress(
                            record.compression(),
                            tools.window().memory(),
                            record.valueOffset(),
                            record.valueBytes(),
                            record.rawValueBytes());
        } catch (CodecException e) {
            long position = framePosition + record.offsetInFrame();
            findings.add(new DamagedValue(
                    Places.inSegment(
                            header.segmentId(),
                            header.offsetOf(position),
                            Places.range(position, framePosition + record.endInFrame()),
                            sequence < 0 ? Places.range(-1, 0) : Places.range(sequence, sequence + 1)),
                    "the value cannot be decompressed: " + e.getMessage()));
        }
    }
}
