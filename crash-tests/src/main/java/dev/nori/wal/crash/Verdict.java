package dev.nori.wal.crash;

import java.time.Duration;
import java.util.List;

/**
 * What the oracle says about what came back.
 *
 * @param acknowledged records acknowledged since the last verdict
 * @param recovered records that are back, right or wrong
 * @param lost owed ones that are not back
 * @param invented ones that nobody can have appended, that were cut off before, or that are there twice
 * @param reordered ones that are back in another place than they were given, or out of turn
 * @param holes ones that are not back although a later one is
 * @param halfBatches batches of which a part is back
 * @param damaged ones whose bytes are not those that were appended
 * @param misreported numbers in the recovery report that are not true
 * @param lossWindow from the oldest acknowledgement that is not back to the cut; zero if none is missing
 * @param findings the first of all these, in words
 */
public record Verdict(
        long acknowledged,
        long recovered,
        long lost,
        long invented,
        long reordered,
        long holes,
        long halfBatches,
        long damaged,
        long misreported,
        Duration lossWindow,
        List<String> findings) {
    /** Whether every promise was kept. */
    public boolean holds() {
        return faults() == 0;
    }

    /** How much is wrong. */
    long faults() {
        return lost + invented + reordered + holes + halfBatches + damaged + misreported;
    }

    /** One line for people: how many, what is wrong, and the first examples of it. */
    public String inWords() {
        StringBuilder words = new StringBuilder();
        words.append(acknowledged).append(" acknowledged, ").append(recovered).append(" recovered");
        append(words, lost, "lost");
        append(words, invented, "invented");
        append(words, reordered, "reordered");
        append(words, holes, "holes");
        append(words, halfBatches, "half batches");
        append(words, damaged, "damaged");
        append(words, misreported, "misreported");
        for (String finding : findings) words.append("; ").append(finding);
        return words.toString();
    }

    private static void append(StringBuilder words, long count, String what) {
        if (count > 0) words.append(", ").append(count).append(' ').append(what);
    }
}
