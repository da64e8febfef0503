package dev.nori.wal.crash.example;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The store at work, until somebody ends it: makes one change after the other and acknowledges each. */
final class StoreWorkload {
    private static final int AHEAD =
            20; // how many changes are acknowledged before the first of them is made, TOO_EARLY

    private final StoreScript script;
    private final KeyValueStore store;
    // No buffer: an acknowledgement that is held back is one that nobody owes.
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);

    private StoreWorkload(StoreScript script, KeyValueStore store) {
        this.script = script;
        this.store = store;
    }

    /** Arguments: directory, seed, manner. Goes on where the changes in the directory end. */
    public static void main(String[] arguments) {
        StoreScript script = new StoreScript(Long.parseLong(arguments[1]));
        Manner manner = Manner.valueOf(arguments[2]);
        try (KeyValueStore store = KeyValueStore.open(Path.of(arguments[0]), manner.policy())) {
            StoreWorkload workload = new StoreWorkload(script, store);
            while (!Thread.interrupted()) workload.step(manner);
        }
    }

    private void step(Manner manner) {
        long first = store.changes() + 1;
        switch (manner) {
            case HONEST, WITHOUT_SYNC -> {
                script.make(first, store);
                acknowledge(first);
            }
            case TOO_EARLY -> {
                acknowledge(first + AHEAD - 1);
                for (long number = first; number < first + AHEAD; number++) script.make(number, store);
            }
        }
    }

    private void acknowledge(long number) {
        out.print("ACK " + number + "\n");
        out.flush();
    }
}
