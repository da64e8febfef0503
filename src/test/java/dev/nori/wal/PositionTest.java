package dev.nori.wal;

import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PositionTest {
    @Test
    void refusesToLieBeforeTheLog() {
        assertThrows(IllegalArgumentException.class, () -> new Position(-1));
    }

    @Property
    boolean isOrderedByBytes(@ForAll @LongRange long a, @ForAll @LongRange long b) {
        return Integer.signum(new Position(a).compareTo(new Position(b))) == Long.compare(a, b);
    }
}
