package dev.nori.wal.crash.disk;

import java.util.List;

/**
 * What a plan found.
 *
 * @param runs recordings made
 * @param states crash states mounted and verified
 * @param acknowledged acknowledgements read before the cuts, all runs together
 * @param violations states whose verification failed
 * @param unmountable states that the file system itself refused, which is no fault of the program
 * @param syncs flushes that the recorded disks saw
 */
public record CrashReport(
        int runs, int states, long acknowledged, List<Finding> violations, List<Finding> unmountable, long syncs) {
    public CrashReport {
        violations = List.copyOf(violations);
        unmountable = List.copyOf(unmountable);
    }

    /** One line for people. */
    public String describe() {
        return runs + " runs, " + acknowledged + " acknowledgements, " + syncs + " flushes, " + states
                + " crash states, " + violations.size() + " violations, " + unmountable.size() + " not mountable";
    }
}
