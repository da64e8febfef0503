package dev.nori.wal.crash;

import java.util.Optional;

/**
 * A deed that was announced.
 *
 * @param acksBefore so many records had been acknowledged before
 * @param outcome where the log began when the call had returned; empty if it did not return, as far as anybody knows
 */
public record Undertaken(Deed deed, int acksBefore, Optional<Front> outcome) {
    /** One that has not returned. */
    static Undertaken begun(Deed deed, int acksBefore) {
        return new Undertaken(deed, acksBefore, Optional.empty());
    }

    Undertaken done(Front front) {
        return new Undertaken(deed, acksBefore, Optional.of(front));
    }

    boolean isDone() {
        return outcome.isPresent();
    }
}
