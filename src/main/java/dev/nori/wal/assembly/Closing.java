package dev.nori.wal.assembly;

import java.util.ArrayDeque;

/** What was taken and must be given back, in reverse. */
final class Closing {
    private final ArrayDeque<Runnable> steps = new ArrayDeque<>();

    /** Adds what is to be done before everything that was added earlier. */
    void add(Runnable step) {
        steps.push(step);
    }

    /** Does it all, even if some of it fails; the first failure is thrown at the end. */
    void run() {
        RuntimeException first = null;
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (RuntimeException e) {
                if (first == null) first = e;
                else first.addSuppressed(e);
            }
        }
        if (first != null) throw first;
    }
}
