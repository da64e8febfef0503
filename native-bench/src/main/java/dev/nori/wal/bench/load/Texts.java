package dev.nori.wal.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Records that compress like real ones: the first half is random bytes (ids, hashes, numbers), the second half text. The
 * words of the text are made up from a seed; short ones come often and long ones seldom, as in a language.
 */
public final class Texts {
    private static final int WORDS = 2000;
    private static final String CONSONANTS = "bcdfghklmnprstvw";
    private static final String VOWELS = "aeiou";

    private final SplittableRandom random;
    private final byte[][] words = new byte[WORDS][];

    /** The same seed gives the same records. */
    public Texts(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < WORDS; i++) words[i] = word(1 + i * 4 / WORDS);
    }

    private byte[] word(int syllables) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < syllables; i++) {
            word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
            word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
        }
        return word.append(' ').toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** One record of that size. */
    public byte[] record(int bytes) {
        byte[] record = new byte[bytes];
        random.nextBytes(record);
        for (int at = bytes / 2; at < bytes; ) {
            byte[] word = words[frequentFirst()];
            int taken = Math.min(word.length, bytes - at);
            System.arraycopy(word, 0, record, at, taken);
            at += taken;
        }
        return record;
    }

    /** Different records of one size. */
    public byte[][] records(int count, int bytes) {
        byte[][] records = new byte[count][];
        for (int i = 0; i < count; i++) records[i] = record(bytes);
        return records;
    }

    // The square of a uniform number prefers small ones: the first tenth of the words makes up a third of the text.
    private int frequentFirst() {
        double uniform = random.nextDouble();
        return (int) (WORDS * uniform * uniform);
    }
}
