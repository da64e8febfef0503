package dev.nori.wal.crash;

/** A record as writers count. */
record RecordKey(int writer, long n) {
    static RecordKey of(Entry entry) {
        return new RecordKey(entry.id().writer(), entry.id().n());
    }

    static RecordKey of(Ack ack) {
        return new RecordKey(ack.writer(), ack.n());
    }
}
