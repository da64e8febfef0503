package dev.nori.wal.io.sim;

import java.util.SplittableRandom;

/**
 * Picks one crash image out of too many: which of the legal contents each place gets.
 *
 * <p>Bugs sit at the edges, so images are not drawn evenly. Some keep each place by the toss of a coin (the
 * coin differs per image), some lose or keep all but a few, some keep the first few places and lose the others, like a device that writes in
 * order, and some show the disk as it was at one moment of its history, with a few places out of line: a tail torn in the middle.
 */
interface Chooser {
    /**
     * Chooses one of the contents of a place.
     *
     * @param events when each content came to be, oldest first; the first is durable. Garbage has the event
     *     of the content it spoils and stands last.
     * @return an index into {@code events}
     */
    int choose(long[] events);

    /** Whether something that happened once, at {@code event}, is kept. */
    default boolean keeps(long event) {
        return choose(new long[] {-1, event}) == 1;
    }

    /** Everything that is not durable is lost. */
    static Chooser none() {
        return events -> 0;
    }

    /** Everything is as it was last; {@code garbage} contents at the end do not count as last. */
    static Chooser all() {
        return events -> {
            int last = events.length - 1;
            return last > 1 && events[last] == events[last - 1] ? last - 1 : last;
        };
    }

    static Chooser random(SplittableRandom random, long firstEvent, long lastEvent) {
        double density = density(random);
        int kind = random.nextInt(6);
        if (kind > 1) return events -> coin(random, density, events);
        if (kind == 1) return front(random.nextInt(1, 2 << random.nextInt(6)));
        long moment = random.nextLong(firstEvent, lastEvent + 2);
        double stray = random.nextBoolean() ? 0 : 0.05;
        return events -> random.nextDouble() < stray ? random.nextInt(events.length) : asOf(moment, events);
    }

    /** The first places that are asked for are kept, no others. */
    private static Chooser front(int places) {
        var left = new Object() {
            int places;
        };
        left.places = places;
        return events -> left.places-- > 0 ? all().choose(events) : 0;
    }

    private static double density(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0.05;
            case 1 -> 0.95;
            default -> random.nextDouble();
        };
    }

    private static int coin(SplittableRandom random, double density, long[] events) {
        if (random.nextDouble() >= density) return 0;
        if (events.length < 3) return events.length - 1;
        return random.nextBoolean() ? all().choose(events) : random.nextInt(1, events.length);
    }

    private static int asOf(long moment, long[] events) {
        int index = 0;
        while (index + 1 < events.length && events[index + 1] < moment && events[index + 1] != events[index]) index++;
        return index;
    }
}
