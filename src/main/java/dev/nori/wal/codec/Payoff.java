package dev.nori.wal.codec;

/**
 * Whether values of about one size are worth compressing: learned from those that were. After {@value #PATIENCE} in a row
 * that were not, the next ones are let through untried, {@value #FIRST_PAUSE} at first, and twice as many each time that
 * the next attempt does not pay either. Counts values and looks at no clock, so it does the same for the same values.
 */
final class Payoff {
    static final int PATIENCE = 8;
    static final int FIRST_PAUSE = 64;
    static final int MOST_PAUSE = 4096;

    private int misses;
    private int pause = FIRST_PAUSE;
    private int left; // of the pause

    /** Whether to try the next value. */
    synchronized boolean isWorthATry() {
        if (left == 0) return true;
        left--;
        return false;
    }

    /** A value was compressed, and that paid. */
    synchronized void paid() {
        misses = 0;
        pause = FIRST_PAUSE;
    }

    /** A value was compressed for nothing. */
    synchronized void missed() {
        misses++;
        if (misses < PATIENCE) return;
        left = pause;
        pause = Math.min(MOST_PAUSE, 2 * pause);
        misses = PATIENCE - 1; // one more attempt decides
    }
}
