package dev.nori.wal.peers;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Opens what a peer wrote and counts: every record has to be there, and be one of those that were appended. */
final class ReadBack {
    private ReadBack() {}

    static void check(PeerKind kind, Path directory, byte[][] appended, long count) throws Exception {
        Set<ByteBuffer> known = new HashSet<>();
        Arrays.stream(appended).map(ByteBuffer::wrap).forEach(known::add);
        AtomicLong found = new AtomicLong();
        kind.read(directory, record -> {
            if (record.length == 0) return; // Artemis and BookKeeper have no other way to sync
            if (!known.contains(ByteBuffer.wrap(record))) throw new AssertionError("a record nobody appended");
            found.incrementAndGet();
        });
        if (found.get() != count) {
            throw new AssertionError("%s: %d records, not %d".formatted(kind.label(), found.get(), count));
        }
    }
}
