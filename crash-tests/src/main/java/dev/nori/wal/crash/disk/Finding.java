package dev.nori.wal.crash.disk;

/**
 * A crash state that did not keep its promise.
 *
 * @param run which recording, from 0
 * @param cut which state of it: cut point, subset and loss, as {@link CutImage#describe} has them
 * @param acknowledged what had been acknowledged before the cut
 * @param what what was wrong, with the end of what the verification printed
 */
public record Finding(int run, String cut, long acknowledged, String what) {
    /** One line for people, or a few if the verification printed something. */
    public String describe() {
        return "run=" + run + " " + cut + " acked=" + acknowledged + ": " + what;
    }
}
