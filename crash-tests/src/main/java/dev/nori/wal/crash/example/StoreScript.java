package dev.nori.wal.crash.example;

import dev.nori.wal.crash.disk.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The changes that the workload makes, known to the check as well: the n-th follows from the seed and n alone. */
record StoreScript(long seed) {
    private static final int KEYS = 50;
    private static final int LONGEST_VALUE = 2000;

    /** A change; without a value it is a deletion. */
    private record Change(String key, String value) {
        boolean isDeletion() {
            return value.isEmpty();
        }
    }

    private Change change(long number) {
        SplittableRandom random = new SplittableRandom(Seeds.mix(seed, number));
        String key = "key-" + random.nextInt(KEYS);
        if (random.nextInt(5) == 0) return new Change(key, "");
        return new Change(key, number + ":" + "x".repeat(random.nextInt(LONGEST_VALUE)));
    }

    /** Makes a change, counted from 1. */
    void make(long number, KeyValueStore store) {
        Change change = change(number);
        if (change.isDeletion()) store.delete(change.key());
        else store.put(change.key(), change.value());
    }

    /** What a store must hold after so many changes. */
    Map<String, String> after(long changes) {
        Map<String, String> values = new HashMap<>();
        for (long number = 1; number <= changes; number++) {
            Change change = change(number);
            if (change.isDeletion()) values.remove(change.key());
            else values.put(change.key(), change.value());
        }
        return values;
    }
}
