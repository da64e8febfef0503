package dev.nori.wal.crash.disk;

import java.util.List;

/**
 * What a {@link KillPlan} found.
 *
 * @param kills how often the program was killed
 * @param acknowledged the last acknowledgement before each kill, all of them together
 * @param violations kills after which the verification failed; there is at most one, because the plan ends with it
 */
public record KillReport(int kills, long acknowledged, List<Finding> violations) {
    public KillReport {
        violations = List.copyOf(violations);
    }

    /** One line for people. */
    public String describe() {
        return kills + " kills, " + acknowledged + " acknowledgements, " + violations.size() + " violations";
    }
}
