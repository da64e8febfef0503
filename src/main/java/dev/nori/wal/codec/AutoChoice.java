package dev.nori.wal.codec;

import dev.nori.wal.Compression;
import java.util.stream.Stream;

/**
 * What {@link Compression#AUTO} comes to, by size and by what paid before; sizes are told apart by their powers of two. One for
 * each log, for any thread.
 */
final class AutoChoice {
    static final int LEAST_BYTES = 128;

    /** From here on what Zstandard saves is worth what it takes. */
    static final int LARGE_BYTES = 16 << 10;

    private static final int LEAST_PART = 8; // an eighth must be saved

    private final Payoff[] payoffs =
            Stream.generate(Payoff::new).limit(Integer.SIZE).toArray(Payoff[]::new);

    /** How to try a value; {@link Compression#NONE} if it is not worth it. */
    Compression choose(int rawBytes) {
        if (rawBytes < LEAST_BYTES) return Compression.NONE;
        Compression codec = codec(rawBytes);
        return codec != Compression.NONE && payoff(rawBytes).isWorthATry() ? codec : Compression.NONE;
    }

    private static Compression codec(int rawBytes) {
        Compression first = rawBytes < LARGE_BYTES ? Compression.LZ4 : Compression.ZSTD;
        Compression second = rawBytes < LARGE_BYTES ? Compression.ZSTD : Compression.LZ4;
        if (Codecs.isAvailable(first)) return first;
        return Codecs.isAvailable(second) ? second : Compression.NONE;
    }

    /** Learns what a try came to; false if it did not pay. */
    boolean saw(int rawBytes, int storedBytes) {
        boolean pays = storedBytes <= rawBytes - rawBytes / LEAST_PART;
        if (pays) payoff(rawBytes).paid();
        else payoff(rawBytes).missed();
        return pays;
    }

    private Payoff payoff(int rawBytes) {
        return payoffs[Integer.numberOfLeadingZeros(rawBytes)];
    }
}
