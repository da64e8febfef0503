package dev.nori.wal;

import java.util.List;

/**
 * What {@link Wal#salvage} found and did.
 *
 * @param verdict the state the log was in, all of it looked at: damage inside of sealed segments, too, which opening does not see
 * @param folder where copies and records were put, within the log's directory; empty if the log was sound and nothing was done
 * @param copies names of the files that were copied there whole, before anything was changed
 * @param keptEnd where the log ends now: everything before stays in it
 * @param keptNextSequence number that its next record gets
 * @param holes what could not be proved, in the order of the log
 * @param islands records behind the first hole that could be proved: each is a log of its own now
 */
public record SalvageReport(
        Verdict verdict,
        String folder,
        List<String> copies,
        Position keptEnd,
        long keptNextSequence,
        List<Hole> holes,
        List<Island> islands) {
    /** Stands for a sequence number that nothing says. */
    public static final long UNKNOWN = -1;

    /** Copies the lists. */
    public SalvageReport {
        copies = List.copyOf(copies);
        holes = List.copyOf(holes);
        islands = List.copyOf(islands);
    }

    /**
     * A part of the log that cannot be proved.
     *
     * @param file in which it begins
     * @param offsetBytes where it begins, from the start of the file
     * @param from where it begins in the log
     * @param to where the records go on, or how far the log had been durable; the same as {@code from} if nothing says so
     * @param firstSequence number of the first record in it; {@link #UNKNOWN} if nothing says so
     * @param nextSequence number of the first record behind it; {@link #UNKNOWN} if nothing says so. The same as {@code firstSequence} if no record is
     *     missing
     * @param what is wrong there
     */
    public record Hole(
            String file,
            long offsetBytes,
            Position from,
            Position to,
            long firstSequence,
            long nextSequence,
            String what) {}

    /**
     * Records behind a hole, in a log of their own: with their true numbers, keys, values and times, at other positions.
     *
     * @param folder of that log, within the directory; {@link Wal#open} opens it
     * @param from where they stood
     * @param to where they ended
     * @param firstSequence number of the first one; {@link #UNKNOWN} if nothing says so, they are numbered from 0 then
     * @param records how many
     */
    public record Island(String folder, Position from, Position to, long firstSequence, long records) {}
}
