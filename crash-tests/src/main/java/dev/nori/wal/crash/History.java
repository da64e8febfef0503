package dev.nori.wal.crash;

import java.util.List;

/**
 * What a process did to its log beside appending.
 *
 * @param deeds in their order: each began when the one before had returned
 * @param done so many of them must have taken effect; those after may have, each only if the one before has
 * @param readEnd what starts before was read by a tail, and must be back
 */
public record History(List<Undertaken> deeds, int done, long readEnd) {
    /** Nothing. */
    public static final History NONE = new History(List.of(), 0, 0);

    static History of(AckLedger ledger, Cut cut) {
        List<Undertaken> deeds = ledger.deeds();
        return switch (cut) {
            case Cut.Kill kill -> new History(deeds, returned(deeds), ledger.readEnd());
            case Cut.Power power ->
                new History(deeds, power.before().deeds(), 0); // what is read may not be durable yet
        };
    }

    private static int returned(List<Undertaken> deeds) {
        return (int) deeds.stream().filter(Undertaken::isDone).count();
    }

    /** How many of the deeds returned, as far as the process said. */
    int returned() {
        return returned(deeds);
    }

    /** How many records were acknowledged before the first deed at or after that one that takes the end of the log. */
    int acksBeforeEndGoes(int from) {
        return deeds.stream()
                .skip(from)
                .filter(undertaken -> undertaken.deed().takesTheEnd())
                .findFirst()
                .map(Undertaken::acksBefore)
                .orElse(Integer.MAX_VALUE);
    }
}
