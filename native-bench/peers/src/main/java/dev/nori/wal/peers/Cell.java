package dev.nori.wal.peers;

import dev.nori.wal.bench.load.Crowd;
import dev.nori.wal.bench.load.Tally;
import dev.nori.wal.bench.load.Texts;
import dev.nori.wal.bench.load.ThreadKind;
import dev.nori.wal.bench.load.Whistle;
import java.nio.file.Path;
import java.time.Duration;

/** One peer, one load, one new directory: appends for a time, closes, and reads back what was appended. */
record Cell(PeerKind kind, Load load) {
    private static final int POOL = 512;
    private static final int LARGE_POOL = 16;

    Tally run(Path directory, Duration time) throws Exception {
        byte[][] records = records(load.recordBytes);
        Tally tally;
        try (Peer peer = kind.open(directory, load.promise);
                Syncing syncing = Syncing.of(kind, load.promise, peer)) {
            tally = new Crowd(load.threads, ThreadKind.PLATFORM)
                    .run(time, whistle -> append(peer, whistle, records), syncing::finish);
        }
        ReadBack.check(kind, directory, records, tally.operations());
        return tally;
    }

    static byte[][] records(int bytes) {
        return new Texts(1).records(bytes >= 1 << 20 ? LARGE_POOL : POOL, bytes);
    }

    private long append(Peer peer, Whistle whistle, byte[][] records) throws Exception {
        long count = 0;
        for (; !whistle.isBlown(); count++) {
            byte[] record = records[(int) count & records.length - 1];
            if (load.promise == Promise.DURABLE) peer.appendDurably(record);
            else peer.append(record);
        }
        return count;
    }
}
