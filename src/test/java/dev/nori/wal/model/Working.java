package dev.nori.wal.model;

import static net.jqwik.api.state.Transformer.mutate;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Position;
import dev.nori.wal.log.Policy;
import net.jqwik.api.state.Transformer;

/** Deeds about durability, the workers, and a log's life and death. */
final class Working {
    private Working() {}

    static void sync(LogModel model) {
        model.wal().sync();
        assertAllDurable(model);
    }

    static void awaitDurable(LogModel model, int index) {
        Position position = model.expected().get(index).position();
        model.wal().awaitDurable(position);
        assertTrue(model.wal().durablePosition().compareTo(position) > 0, position + " is not durable");
    }

    static void assertAllDurable(LogModel model) {
        assertEquals(model.wal().endPosition(), model.wal().durablePosition());
    }

    static Transformer<LogModel> work(int steps) {
        return mutate(steps + " steps of the workers", model -> {
            for (int i = 0; i < steps; i++) model.crew().step();
        });
    }

    static Transformer<LogModel> pass(long millis) {
        return mutate(millis + " ms pass", model -> model.pass(millis));
    }

    static Transformer<LogModel> reopen(Policy policy, boolean preallocate) {
        return mutate("close, open " + words(policy, preallocate), model -> model.reopen(policy, preallocate));
    }

    static Transformer<LogModel> kill(Policy policy, boolean preallocate) {
        return mutate("kill, open " + words(policy, preallocate), model -> model.killAndReopen(policy, preallocate));
    }

    private static String words(Policy policy, boolean preallocate) {
        return policy + (preallocate ? "" : " without preallocation");
    }
}
