package dev.nori.wal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.nori.wal.Compression;
import dev.nori.wal.WalRecord;
import dev.nori.wal.codec.CodecException;
import dev.nori.wal.codec.Codecs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bytes that version 1 wrote once stay readable, and version 1 still writes them. */
class GoldenFilesTest {
    private static final SegmentHeader HEADER = GoldenSegment.HEADER;

    @Test
    void areWrittenTheSameByteForByte() throws IOException {
        byte[] expected = GoldenSegment.file(GoldenSegment.parts(KeptFiles.golden()));
        KeptFiles.check(KeptFiles.golden().resolve("segment.wal"), expected);
    }

    @Test
    void haveAHeaderAndAFooterThatAreUnderstood() throws IOException {
        MemorySegment file = file();
        assertEquals(new SegmentHeader.Parsed.Valid(HEADER), SegmentHeader.parse(file.asSlice(0, 4096)));
        MemorySegment room = file.asSlice(HEADER.framesEndOffset());
        SegmentFooter footer = assertInstanceOf(SegmentFooter.Parsed.Valid.class, SegmentFooter.parse(room, HEADER))
                .footer();
        assertEquals(7, footer.recordCount());
        assertEquals(6, footer.generation());
        assertEquals(
                List.of(new IndexEntry(HEADER.basePosition() + FrameLayout.MARK_BYTES, 40, 1, 6)), footer.entries());
    }

    @Test
    void holdTheRecordsThatWereAppended() throws IOException, CodecException {
        MemorySegment file = file();
        FrameCursor cursor = new FrameCursor();
        List<WalRecord> records = new ArrayList<>();
        List<Integer> reasons = new ArrayList<>();
        int generation = HEADER.generation();
        long offset = FrameLayout.BLOCK_BYTES;
        while (true) {
            long room = HEADER.framesEndOffset() - offset;
            FrameCursor.Outcome outcome =
                    cursor.decode(file, offset, room, HEADER.positionAt(offset), generation, room);
            if (outcome == FrameCursor.Outcome.EMPTY) break;
            assertEquals(FrameCursor.Outcome.FRAME, outcome, cursor::why);
            if (cursor.kind() == FrameKind.MARK) {
                generation = cursor.markGeneration();
                reasons.add(cursor.markReason());
            }
            for (int i = 0; i < cursor.recordCount(); i++) records.add(Codecs.load(cursor.record(i)));
            offset += cursor.frameBytes();
        }
        assertEquals(GoldenSegment.RECORDS, records);
        assertEquals(List.of(Marks.OPEN, Marks.GROUP, Marks.CLOSE), reasons);
        assertEquals(GoldenSegment.LATER_GENERATION, generation);
        assertEquals(Compression.LZ4, records.get(4).compression());
        assertEquals(Compression.ZSTD, records.get(6).compression());
    }

    @Test
    void showALongKeyByTheBeginningOfItsFrame() {
        byte[] key = FrameImage.filled(65535, 'k');
        byte[] frame = FrameImage.PLACE.record(WalRecord.put(key, SmallFrames.ascii("value")));
        assertEquals(65560, frame.length);
        assertEquals(
                "4ca9519a" + "08000100" + "01" + "10" + "ffff" + "d2040000" + "ffff0000" + "6b6b6b6b",
                HexFormat.of().formatHex(Arrays.copyOf(frame, 24)));
    }

    private static MemorySegment file() throws IOException {
        return MemorySegment.ofArray(Files.readAllBytes(KeptFiles.golden().resolve("segment.wal")));
    }
}
