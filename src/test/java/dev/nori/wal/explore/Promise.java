package dev.nori.wal.explore;

import dev.nori.wal.Wal;
import java.util.List;

/**
 * What the log had promised at a moment.
 *
 * @param attempted records whose append had begun, in order; only these may ever come back
 * @param acknowledged how many of them survive a kill
 * @param durable how many of them survive a power cut
 * @param batches where atomic groups begin and end
 * @param facts what was promised besides
 */
public record Promise(List<Content> attempted, int acknowledged, int durable, List<Group> batches, Facts facts) {
    /** Of a log that was never opened. */
    static final Promise NONE = new Promise(List.of(), 0, 0, List.of(), Facts.NONE);

    /** Records that come back together or not at all. */
    public record Group(int from, int to) {}

    /** A serial that no record has. */
    int nextSerial() {
        int next = attempted.stream()
                .mapToInt(content -> content.serial() + 1)
                .max()
                .orElse(0);
        return Math.max(next, facts.nextSerial());
    }

    /** How many of the records survive that crash. */
    int survivors(Crash crash) {
        return switch (crash) {
            case KILL -> acknowledged;
            case POWER_CUT -> durable;
        };
    }

    /** What is left of it until the next opening has reported. */
    Promise after(Crash crash) {
        int survivors = survivors(crash);
        return new Promise(attempted, survivors, durable, batches, facts);
    }

    /** Whether a log may end after that many records. */
    boolean mayEndAt(int records) {
        return batches.stream().noneMatch(group -> group.from() < records && records < group.to());
    }

    /** The same of a log of which that many records are back, and reported. */
    Promise recovered(int records) {
        List<Group> whole =
                batches.stream().filter(group -> group.to() <= records).toList();
        if (records == facts.resetTo()) return new Promise(padded(records), records, records, List.of(), facts.reset());
        return new Promise(List.copyOf(attempted.subList(0, records)), records, records, whole, facts.quiet());
    }

    /** What a log shows besides its records stays as it is shown. */
    Promise settledBy(Wal wal) {
        return new Promise(attempted, acknowledged, durable, batches, facts.settledBy(wal));
    }

    /** Numbers that no record has stand for nothing, and never come back. */
    private List<Content> padded(int records) {
        List<Content> padded = new java.util.ArrayList<>(attempted);
        while (padded.size() < records) padded.add(new Content(padded.size(), -1, 0));
        return List.copyOf(padded);
    }
}
