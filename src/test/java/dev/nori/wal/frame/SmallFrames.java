package dev.nori.wal.frame;

import dev.nori.wal.Compression;
import dev.nori.wal.WalRecord;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One small frame of every kind, for tests that try everything on each. */
final class SmallFrames {
    private SmallFrames() {}

    static Map<String, byte[]> at(FrameImage image) {
        WalRecord alice = WalRecord.put(ascii("user:1"), ascii("alice"));
        WalRecord session = WalRecord.putWithTtl(ascii("session:abc"), ascii("data"), Duration.ofHours(1));
        WalRecord versioned = WalRecord.delete(ascii("user:1")).withVersion(3, 300);
        RecordDraft packed = new RecordDraft()
                .set(WalRecord.put(ascii("k"), new byte[100]), MemorySegment.ofArray(ascii("packed")), Compression.LZ4);
        Map<String, byte[]> frames = new LinkedHashMap<>();
        frames.put("put", image.record(alice));
        frames.put("empty put", image.record(WalRecord.put(new byte[0], new byte[0])));
        frames.put("put with ttl", image.record(session));
        frames.put("delete with version", image.record(versioned));
        frames.put("compressed put", image.record(packed));
        frames.put("batch", image.batch(List.of(draft(alice), packed, draft(versioned), draft(session))));
        frames.put("mark", image.mark(4096, 17, Marks.GROUP));
        return frames;
    }

    static RecordDraft draft(WalRecord record) {
        return new RecordDraft().set(record, record.value(), Compression.NONE);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
