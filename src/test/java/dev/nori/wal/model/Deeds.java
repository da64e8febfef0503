package dev.nori.wal.model;

import dev.nori.wal.Durability;
import dev.nori.wal.log.Policy;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/** What can be done to a log, and how often it is: each deed says what must come of it. */
final class Deeds {
    private static final int LONGEST = 45;
    private static final Arbitrary<Integer> ANY = Arbitraries.integers().between(0, 10_000);
    private static final Arbitrary<Durability> DURABILITIES = Arbitraries.of(Durability.class);
    private static final Arbitrary<Policy> POLICIES = Arbitraries.of(Policy.class);
    private static final Arbitrary<Way> WAYS = Arbitraries.of(Way.class);
    private static final Arbitrary<Boolean> PREALLOCATE = Arbitraries.of(true, false);
    private static final Arbitrary<Integer> KINDS = Arbitraries.integers().between(0, 5);
    private static final Arbitrary<Integer> THREADS = Arbitraries.integers().between(1, 3);
    private static final Arbitrary<Integer> NOTE_BYTES = Arbitraries.of(0, 1, 100, 5000, 16 << 10);
    private static final Arbitrary<Long> SEQUENCES = Arbitraries.of(0L, 5L, 1_000_000_007L);

    /** Mostly small, some larger than a piece of the stage, a few larger than the stage, which is a third of a segment. */
    private static final Arbitrary<Integer> SIZES = Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.integers().between(0, 300)),
            Tuple.of(3, Arbitraries.integers().between(300, 9000)),
            Tuple.of(1, Arbitraries.integers().between(9000, 70_000)));

    private Deeds() {}

    /** Sequences of deeds, each with a log of its own. */
    static ActionChainArbitrary<LogModel> sequences(Supplier<LogModel> fresh) {
        return opening(notes(trimming(questions(reading(durability(appending(ActionChain.startWith(fresh))))))))
                .withMaxTransformations(LONGEST);
    }

    private static ActionChainArbitrary<LogModel> appending(ActionChainArbitrary<LogModel> chain) {
        Arbitrary<Integer> counts = Arbitraries.integers().between(1, 6);
        Arbitrary<Integer> small = Arbitraries.integers().between(0, 4000);
        return chain.withAction(
                        14, deed(Combinators.combine(SIZES, KINDS, DURABILITIES).as(Appending::append)))
                .withAction(
                        4, deed(Combinators.combine(SIZES, KINDS, DURABILITIES).as(Appending::appendAsync)))
                .withAction(
                        5, deed(Combinators.combine(counts, small, DURABILITIES).as(Appending::batch)))
                .withAction(5, deed("roll", Appending::roll))
                .withAction(1, deed("append what is too large", Appending::appendTooLarge));
    }

    private static ActionChainArbitrary<LogModel> durability(ActionChainArbitrary<LogModel> chain) {
        return chain.withAction(2, deed("sync", Working::sync))
                .withAction(1, deed("flush", model -> model.wal().flush()))
                .withAction(1, atRecord("await durable", Working::awaitDurable))
                .withAction(2, deed(Arbitraries.integers().between(1, 20).map(Working::work)))
                .withAction(1, deed(Arbitraries.longs().between(1, 20).map(Working::pass)));
    }

    private static ActionChainArbitrary<LogModel> reading(ActionChainArbitrary<LogModel> chain) {
        Arbitrary<Integer> steps = Arbitraries.integers().between(1, 30);
        return chain.withAction(
                        3,
                        deed(Deeds::hasRecords, Combinators.combine(ANY, WAYS).as(Reading::walk)))
                .withAction(1, deed("read every way", Reading::everyWay))
                .withAction(1, atRecord("read behind", Reading::behind))
                .withAction(
                        1, deed(Deeds::hasRecords, Combinators.combine(ANY, ANY).as(Reading::within)))
                .withAction(1, deed(ANY.map(Reading::beyond)))
                .withAction(1, deed(Deeds::wasTrimmed, ANY.map(Reading::gone)))
                .withAction(2, deed(Combinators.combine(WAYS, ANY).as(Reading::beginToFollow)))
                .withAction(4, deed(Combinators.combine(ANY, steps).as(Reading::follow)))
                .withAction(1, deed(ANY.map(Reading::endToFollow)));
    }

    private static ActionChainArbitrary<LogModel> questions(ActionChainArbitrary<LogModel> chain) {
        return chain.withAction(2, atRecord("read the number of", Asking::read))
                .withAction(1, deed(Arbitraries.longs().between(-1, 200).map(Asking::atTime)))
                .withAction(1, deed(ANY.map(Asking::segment)))
                .withAction(
                        1,
                        deed(
                                Deeds::hasRecords,
                                Combinators.combine(ANY, THREADS).as(Asking::replay)))
                .withAction(
                        1,
                        deed(
                                Deeds::hasRecords,
                                Combinators.combine(ANY, THREADS).as(Asking::replayInOrder)));
    }

    private static ActionChainArbitrary<LogModel> trimming(ActionChainArbitrary<LogModel> chain) {
        return chain.withAction(3, atRecord("trim before", Trimming::before))
                .withAction(1, deed("trim all that can be", Trimming::beforeTheEnd))
                .withAction(2, atRecord("cut at", Trimming::cutAt))
                .withAction(2, atRecord("cut behind", Trimming::cutBehind))
                .withAction(1, deed("cut nothing", Trimming::cutNothing))
                .withAction(1, deed(SEQUENCES.map(Trimming::reset)));
    }

    private static ActionChainArbitrary<LogModel> notes(ActionChainArbitrary<LogModel> chain) {
        return chain.withAction(
                        2,
                        deed(
                                Deeds::hasRecords,
                                Combinators.combine(ANY, NOTE_BYTES).as(Noting::checkpoint)))
                .withAction(1, deed(NOTE_BYTES.map(Noting::checkpointAtTheEnd)))
                .withAction(2, deed(Combinators.combine(NOTE_BYTES, ANY).as(Noting::metadata)))
                .withAction(1, deed("note too much", Noting::tooMuch));
    }

    private static ActionChainArbitrary<LogModel> opening(ActionChainArbitrary<LogModel> chain) {
        return chain.withAction(
                        2, deed(Combinators.combine(POLICIES, PREALLOCATE).as(Working::reopen)))
                .withAction(2, deed(Combinators.combine(POLICIES, PREALLOCATE).as(Working::kill)));
    }

    // ---- how a deed is made

    private static Action.Independent<LogModel> deed(String what, Consumer<LogModel> deed) {
        return deed(Arbitraries.just(Transformer.mutate(what, deed)));
    }

    private static Action.Independent<LogModel> deed(Arbitrary<Transformer<LogModel>> transformer) {
        return () -> transformer;
    }

    /** Done only while there is what it needs. */
    private static Action.Independent<LogModel> deed(
            Predicate<LogModel> there, Arbitrary<Transformer<LogModel>> transformer) {
        return new Action.Independent<>() {
            @Override
            public boolean precondition(LogModel model) {
                return there.test(model);
            }

            @Override
            public Arbitrary<Transformer<LogModel>> transformer() {
                return transformer;
            }
        };
    }

    /** Done at the entry with an index. */
    private interface IndexedDeed {
        void act(LogModel model, int index);
    }

    /** Something that is done at one of the records; not while there is none. */
    private static Action.Independent<LogModel> atRecord(String what, IndexedDeed deed) {
        return deed(
                Deeds::hasRecords,
                ANY.map(any -> Transformer.mutate(what + " " + any, model -> {
                    model.settlePromised();
                    deed.act(model, model.indexOf(any));
                })));
    }

    private static boolean hasRecords(LogModel model) {
        return !model.expected().isEmpty();
    }

    private static boolean wasTrimmed(LogModel model) {
        return !model.gone().isEmpty();
    }
}
