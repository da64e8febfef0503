package dev.nori.wal.assembly;

import dev.nori.wal.WalStats;

/** The numbers of rooms that were left, to which those of the present ones are added. */
record PastStats(long records, long bytes, long writes, long syncs, long rolls, long syncNanosMax) {
    static final PastStats NONE = new PastStats(0, 0, 0, 0, 0, 0);

    PastStats plus(Rooms rooms) {
        return new PastStats(
                records + rooms.appender().records(),
                bytes + rooms.stage().committed() - rooms.openedAt(),
                writes + rooms.writer().writes(),
                syncs + rooms.writer().syncs(),
                rolls + rooms.writer().rolls(),
                Math.max(syncNanosMax, rooms.writer().syncNanosMax()));
    }

    WalStats stats(int segments) {
        return new WalStats(records, bytes, writes, syncs, rolls, segments, syncNanosMax);
    }
}
