package dev.nori.wal.frame;

import static dev.nori.wal.frame.SmallFrames.ascii;

import dev.nori.wal.Compression;
import dev.nori.wal.WalRecord;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One small segment with a frame of every kind, built by hand; what docs/format.md shows and the golden files keep. */
final class GoldenSegment {
    /** A part of the segment's file, to be shown. */
    record Part(String title, int offset, MemorySegment bytes) {}

    static final SegmentHeader HEADER =
            new SegmentHeader(0x1122_3344_5566_7788L, 2, 8192, 40, 1_700_000_000_000L, 5, 12288, 8192);
    static final int LATER_GENERATION = 6;
    static final byte[] TEXT =
            ascii("The quick brown fox jumps over the lazy dog. The quick brown fox jumps over the lazy dog.\n");

    static final WalRecord ALICE = WalRecord.put(ascii("user:1"), ascii("alice"));
    static final WalRecord SESSION = WalRecord.putWithTtl(ascii("session:abc"), ascii("data"), Duration.ofHours(1));
    static final WalRecord GONE = WalRecord.delete(ascii("user:1")).withVersion(3, 300);
    static final WalRecord EMPTY = WalRecord.put(new byte[0], new byte[0]);
    static final WalRecord LZ4_TEXT = WalRecord.put(ascii("lz4"), TEXT);
    static final WalRecord ZSTD_TEXT = WalRecord.put(ascii("zstd"), TEXT);
    static final List<WalRecord> RECORDS = List.of(ALICE, SESSION, GONE, EMPTY, LZ4_TEXT, GONE, ZSTD_TEXT);

    private final List<Part> parts = new ArrayList<>();
    private final Path files;
    private int offset = FrameLayout.BLOCK_BYTES;
    private int timeDelta;

    private GoldenSegment(Path files) {
        this.files = files;
    }

    /**
     * The parts of the file, in order.
     *
     * @param files where the compressed values lie
     */
    static List<Part> parts(Path files) throws IOException {
        GoldenSegment segment = new GoldenSegment(files);
        segment.build();
        return segment.parts;
    }

    /** The whole file. */
    static byte[] file(List<Part> parts) {
        MemorySegment file = MemorySegment.ofArray(new byte[(int) HEADER.segmentBytes()]);
        for (Part part : parts) file.asSlice(part.offset()).copyFrom(part.bytes());
        return file.toArray(ValueLayout.JAVA_BYTE);
    }

    private void build() throws IOException {
        MemorySegment fields = MemorySegment.ofArray(new byte[SegmentHeader.FIELD_BYTES]);
        HEADER.writeFieldsTo(fields);
        parts.add(new Part("header", 0, fields));

        add("mark: opened, generation 6", next().mark(8192, 40, Marks.OPEN));
        IndexEntry entry = new IndexEntry(next().position(), 40, timeDelta, LATER_GENERATION);
        add("put user:1 = alice", next().record(ALICE));
        add("put session:abc = data, ttl 1 h", next().record(SESSION));
        add("delete user:1, version 3/300", next().record(GONE));
        add(
                "batch: put of nothing, put lz4, delete user:1",
                next().batch(List.of(
                        SmallFrames.draft(EMPTY),
                        packed(LZ4_TEXT, "text.lz4", Compression.LZ4),
                        SmallFrames.draft(GONE))));
        add("put zstd", next().record(packed(ZSTD_TEXT, "text.zst", Compression.ZSTD)));
        add("mark: durable up to here", next().mark(next().position(), 47, Marks.GROUP));
        add("mark: closed", next().mark(next().position(), 47, Marks.CLOSE));
        addFooter(entry);
    }

    private void addFooter(IndexEntry entry) {
        SegmentFooter footer = new SegmentFooter(
                LATER_GENERATION,
                HEADER.logId(),
                HEADER.segmentId(),
                HEADER.basePosition(),
                HEADER.positionAt(offset),
                HEADER.baseSequence(),
                HEADER.baseSequence() + RECORDS.size(),
                HEADER.baseTimeMillis() + 1,
                HEADER.baseTimeMillis() + 5,
                List.of(entry));
        MemorySegment end = MemorySegment.ofArray(new byte[IndexEntry.BYTES + SegmentFooter.TRAILER_BYTES]);
        footer.writeTo(end);
        int at = (int) (HEADER.segmentBytes() - end.byteSize());
        parts.add(new Part("footer: one index entry, then the trailer", at, end));
    }

    private void add(String title, byte[] frame) {
        parts.add(new Part(title, offset, MemorySegment.ofArray(frame)));
        offset += frame.length;
        timeDelta++;
    }

    private FrameImage next() {
        return new FrameImage(LATER_GENERATION, HEADER.positionAt(offset), timeDelta);
    }

    private RecordDraft packed(WalRecord record, String name, Compression used) throws IOException {
        return new RecordDraft().set(record, MemorySegment.ofArray(Files.readAllBytes(files.resolve(name))), used);
    }
}
