package dev.nori.wal.crash.disk;

import java.time.Duration;

/**
 * How to kill a program: how often, when. Needs no disk of its own, and no rights.
 *
 * @param kills how often the program is started and killed, on the same directory
 * @param seed decides the moments of the kills; what the program does in between it does not decide
 * @param earliest the shortest time from the first acknowledgement to the kill
 * @param latest the longest
 * @param patience how long the program may take to its first acknowledgement, and each verification in all
 */
public record KillPlan(int kills, long seed, Duration earliest, Duration latest, Duration patience) {
    /** Checks every limit. */
    public KillPlan {
        if (kills < 1) throw new IllegalArgumentException("kills must be at least 1: " + kills);
        if (earliest.isNegative() || earliest.compareTo(latest) > 0) {
            throw new IllegalArgumentException("kill between " + earliest + " and " + latest);
        }
    }

    /** A plan to begin with: 20 kills, up to 300 ms after the first acknowledgement, a minute of patience. */
    public static KillPlan of(long seed) {
        return new KillPlan(20, seed, Duration.ZERO, Duration.ofMillis(300), Duration.ofMinutes(1));
    }

    /** A copy with so many kills. */
    public KillPlan withKills(int more) {
        return new KillPlan(more, seed, earliest, latest, patience);
    }
}
