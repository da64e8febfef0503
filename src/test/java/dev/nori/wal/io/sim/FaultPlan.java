package dev.nori.wal.io.sim;

import dev.nori.wal.io.IoFailure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts calls, writes them down, and knows which one is to go wrong. */
final class FaultPlan {
    /** A call to the wrapped storage. */
    interface Body {
        void run() throws IoFailure;
    }

    /** What a call can do instead of all of it. */
    interface Prefix {
        void run(long prefixBytes) throws IoFailure;
    }

    /** A fault that was set, and how many calls it has seen. */
    private static final class Armed {
        private final Fault fault;
        private long seen;

        private Armed(Fault fault) {
            this.fault = fault;
        }
    }

    private final List<Armed> faults = new ArrayList<>();
    private final Map<Call, Long> counts = new EnumMap<>(Call.class);
    private final Map<Call, Runnable> before = new EnumMap<>(Call.class);
    private final Map<Call, Runnable> after = new EnumMap<>(Call.class);
    private final List<String> trace = new ArrayList<>();
    private long hits;
    private volatile Consumer<Call> hit = call -> {};

    synchronized void arm(Fault fault) {
        faults.add(new Armed(fault));
    }

    synchronized void disarm() {
        faults.clear();
    }

    synchronized void before(Call call, Runnable action) {
        before.put(call, action);
    }

    synchronized void after(Call call, Runnable action) {
        after.put(call, action);
    }

    synchronized void onHit(Consumer<Call> action) {
        hit = action;
    }

    synchronized long hits() {
        return hits;
    }

    synchronized long count(Call call) {
        return counts.getOrDefault(call, 0L);
    }

    synchronized List<String> trace() {
        return List.copyOf(trace);
    }

    synchronized void clearTrace() {
        trace.clear();
    }

    /** Makes the call, or what the plan has in its place. */
    void call(Call call, String what, Body body, Prefix prefix) throws IoFailure {
        Fault.Effect effect = next(call);
        act(before, call);
        if (effect != null) hit.accept(call);
        try {
            run(effect, what, body, prefix);
        } catch (IoFailure failure) {
            note(what + " -> " + failure.kind() + " (" + failure.errno() + ")");
            throw failure;
        } finally {
            act(after, call);
        }
    }

    private void run(Fault.@Nullable Effect effect, String what, Body body, Prefix prefix) throws IoFailure {
        switch (effect) {
            case null -> {
                body.run();
                note(what);
            }
            case Fault.Effect.Fail fail -> {
                prefix.run(fail.prefixBytes());
                String message = what + ": injected, errno " + fail.errno();
                throw new IoFailure(fail.kind(), fail.errno(), message, null);
            }
            case Fault.Effect.Pretend pretend -> {
                if (pretend.prefixBytes() > 0) prefix.run(pretend.prefixBytes());
                note(what + " -> pretended");
            }
        }
    }

    private synchronized Fault.@Nullable Effect next(Call call) {
        counts.merge(call, 1L, Long::sum);
        Fault.Effect effect = null;
        for (Armed armed : faults) {
            if (!armed.fault.calls().contains(call)) continue;
            armed.seen++;
            if (effect == null && armed.fault.hits(armed.seen)) effect = armed.fault.effect();
        }
        if (effect != null) hits++;
        return effect;
    }

    private synchronized @Nullable Runnable action(Map<Call, Runnable> actions, Call call) {
        return actions.get(call);
    }

    private void act(Map<Call, Runnable> actions, Call call) {
        Runnable action = action(actions, call);
        if (action != null) action.run();
    }

    private synchronized void note(String line) {
        trace.add(line);
    }
}
