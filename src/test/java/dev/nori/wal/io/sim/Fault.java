package dev.nori.wal.io.sim;

import dev.nori.wal.io.IoFailure.Kind;
import java.util.Set;

/**
 * Which calls go wrong, and how.
 *
 * @param calls the kinds of call it is about, counted together
 * @param nth the first one it hits, counted from 1 beginning when the fault is set
 * @param span how long it lasts
 * @param effect what happens instead of the call
 */
public record Fault(Set<Call> calls, long nth, Span span, Effect effect) {
    /** How many calls a fault hits. */
    public enum Span {
        /** That one only. */
        ONCE,
        /** That one and every one after it. */
        FROM_THEN_ON
    }

    /** What happens instead of a call. */
    public sealed interface Effect {
        /**
         * The call fails. Of a write the first {@code prefixBytes} are written before that.
         */
        record Fail(Kind kind, int errno, long prefixBytes) implements Effect {}

        /**
         * The call is left out and returns as if it had been made; of a write the first {@code prefixBytes}
         * are written, and nothing is made durable.
         */
        record Pretend(long prefixBytes) implements Effect {}
    }

    public Fault {
        calls = Set.copyOf(calls);
        if (calls.isEmpty()) throw new IllegalArgumentException("a fault of no call");
        if (nth < 1) throw new IllegalArgumentException("nth counts from 1: " + nth);
        if (effect instanceof Effect.Pretend && !calls.stream().allMatch(Call::canBePretended)) {
            throw new IllegalArgumentException("cannot be pretended: " + calls);
        }
    }

    /** The next call of these kinds fails with EIO. */
    public static Fault eio(Call... calls) {
        return fails(Kind.OTHER, 5, calls);
    }

    /** The next call of these kinds fails with ENOSPC. */
    public static Fault full(Call... calls) {
        return fails(Kind.FULL, 28, calls);
    }

    /** The next call of these kinds fails. */
    public static Fault fails(Kind kind, int errno, Call... calls) {
        return new Fault(Set.of(calls), 1, Span.ONCE, new Effect.Fail(kind, errno, 0));
    }

    /** Every call of these kinds is left out and nobody is told. */
    public static Fault lies(Call... calls) {
        return new Fault(Set.of(calls), 1, Span.FROM_THEN_ON, new Effect.Pretend(0));
    }

    /** The next write is cut short and taken for whole. */
    public static Fault shortened(long prefixBytes, Call... writes) {
        return new Fault(Set.of(writes), 1, Span.ONCE, new Effect.Pretend(prefixBytes));
    }

    /** The same, beginning with the n-th call from now. */
    public Fault at(long other) {
        return new Fault(calls, other, span, effect);
    }

    /** The same, for one call only. */
    public Fault once() {
        return new Fault(calls, nth, Span.ONCE, effect);
    }

    /** The same, without end. */
    public Fault fromThenOn() {
        return new Fault(calls, nth, Span.FROM_THEN_ON, effect);
    }

    /** The same failure after that much of a write. */
    public Fault afterWriting(long prefixBytes) {
        Effect longer = switch (effect) {
            case Effect.Fail fail -> new Effect.Fail(fail.kind(), fail.errno(), prefixBytes);
            case Effect.Pretend ignored -> new Effect.Pretend(prefixBytes);
        };
        return new Fault(calls, nth, span, longer);
    }

    boolean hits(long count) {
        return span == Span.ONCE ? count == nth : count >= nth;
    }
}
