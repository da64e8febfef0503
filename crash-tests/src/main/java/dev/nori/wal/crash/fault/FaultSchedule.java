package dev.nori.wal.crash.fault;

import java.util.ArrayList;
import java.util.List;

/** The trials of all parts, spread evenly; the same round over and over. */
final class FaultSchedule {
    private final List<Turn> round = new ArrayList<>();

    /** A trial of a part. */
    record Turn(FaultPart part, int number) {
        private double place() {
            return (number + 0.5) / part.brief();
        }
    }

    FaultSchedule(List<FaultPart> parts) {
        for (FaultPart part : parts) {
            for (int i = 0; i < part.brief(); i++) round.add(new Turn(part, i));
        }
        round.sort((a, b) -> Double.compare(a.place(), b.place()));
    }

    /** How many trials a short run has. */
    int brief() {
        return round.size();
    }

    /** The trial of that number. */
    Turn turn(int trial) {
        Turn turn = round.get(trial % round.size());
        return new Turn(turn.part, turn.number + trial / round.size() * turn.part.brief());
    }
}
