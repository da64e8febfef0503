package dev.nori.wal.crash;

/**
 * A record that is known to have had a place in the log.
 *
 * @param standing what it may claim
 * @param lossNanos how old the acknowledgement was when the power was cut; 0 if that does not count as a loss
 */
record Claim(int writer, long n, long position, Standing standing, long lossNanos) {
    /** Why a record is known. */
    enum Standing {
        /** A recovery brought it back: it must be there again. */
        RECOVERED("recovered before"),
        /** A recovery that did not come to its end reported it: it must be there again. */
        SEEN("read before"),
        /** It was acknowledged, and must be there. */
        OWED("acknowledged"),
        /** It was acknowledged, and may be gone with all that came after it. */
        ACKNOWLEDGED("acknowledged");

        private final String words;

        Standing(String words) {
            this.words = words;
        }

        String inWords() {
            return words;
        }
    }

    static Claim of(Entry entry, Standing standing) {
        return new Claim(entry.id().writer(), entry.id().n(), entry.position(), standing, 0);
    }

    static Claim of(Ack ack, Standing standing, Cut cut) {
        return new Claim(ack.writer(), ack.n(), ack.position(), standing, loss(ack, cut));
    }

    private static long loss(Ack ack, Cut cut) {
        return switch (cut) {
            case Cut.Kill kill -> 0;
            case Cut.Power power -> ack.index() < power.before().acks() ? power.atNanos() - ack.nanos() : 0;
        };
    }

    RecordKey key() {
        return new RecordKey(writer, n);
    }

    boolean mustBeBack() {
        return standing != Standing.ACKNOWLEDGED;
    }

    /** The same once everything before a position is known to be durable. */
    Claim owedBelow(long end) {
        if (mustBeBack() || position >= end) return this;
        return new Claim(writer, n, position, Standing.OWED, lossNanos);
    }

    @Override
    public String toString() {
        return "record %d of writer %d at %d".formatted(n, writer, position);
    }
}
