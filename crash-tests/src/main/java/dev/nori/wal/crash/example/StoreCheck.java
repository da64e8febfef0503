package dev.nori.wal.crash.example;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.WalException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Opens what a crash left and judges it. Three rules: nothing acknowledged is lost; the store is as it was after some change; it can be
 * used.
 */
final class StoreCheck {
    private final StoreScript script;
    private final long acknowledged;

    private StoreCheck(StoreScript script, long acknowledged) {
        this.script = script;
        this.acknowledged = acknowledged;
    }

    /** Arguments: directory, seed, how many changes were acknowledged. Exit status 0 if all is well, else 1 and a sentence. */
    public static void main(String[] arguments) {
        StoreScript script = new StoreScript(Long.parseLong(arguments[1]));
        StoreCheck check = new StoreCheck(script, Long.parseLong(arguments[2]));
        Optional<String> wrong = check.judge(Path.of(arguments[0]));
        wrong.ifPresent(System.out::println);
        System.exit(wrong.isPresent() ? 1 : 0);
    }

    private Optional<String> judge(Path directory) {
        try (KeyValueStore store = KeyValueStore.open(directory, FsyncPolicy.always())) {
            Optional<String> wrong = judge(store);
            if (wrong.isEmpty()) script.make(store.changes() + 1, store);
            return wrong;
        } catch (WalException e) {
            return Optional.of("the log cannot be used: " + e);
        }
    }

    private Optional<String> judge(KeyValueStore store) {
        long changes = store.changes();
        if (changes < acknowledged) {
            return Optional.of("lost: %d changes were acknowledged, %d are left".formatted(acknowledged, changes));
        }
        Map<String, String> right = script.after(changes);
        if (right.equals(store.values())) return Optional.empty();
        return Optional.of("after %d changes the store holds %s instead of %s"
                .formatted(changes, store.values().keySet(), right.keySet()));
    }
}
