package dev.nori.wal.peers;

import dev.nori.wal.bench.load.Workplace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Whether a peer's durable append is one: appends some, one by one, and counts the flushes that reached a device that
 * nobody else uses. {@code FlushCount <peer> <file for flushes per append>}.
 */
final class FlushCount {
    private static final Logger LOG_OF_THE_LOG = Logger.getLogger("dev.nori.wal");
    private static final int APPENDS = 200;
    private static final int RECORD_BYTES = 1024;

    private FlushCount() {}

    public static void main(String[] arguments) throws Exception {
        LOG_OF_THE_LOG.setLevel(Level.WARNING);
        PeerKind kind = PeerKind.valueOf(arguments[0]);
        try (LoopDisk disk = LoopDisk.mount()) {
            Files.writeString(Path.of(arguments[1]), Double.toString(perAppend(kind, disk)));
        }
        System.exit(0); // some peers leave threads behind
    }

    private static double perAppend(PeerKind kind, LoopDisk disk) throws Exception {
        byte[][] records = Cell.records(RECORD_BYTES);
        long flushes;
        try (Workplace place = Workplace.in(disk.directory())) {
            try (Peer peer = kind.open(place.directory(), Promise.DURABLE)) {
                peer.appendDurably(records[0]);
                long before = disk.flushes();
                for (int i = 0; i < APPENDS; i++) peer.appendDurably(records[i]);
                flushes = disk.flushes() - before;
            }
            ReadBack.check(kind, place.directory(), records, APPENDS + 1L);
        }
        return (double) flushes / APPENDS;
    }
}
