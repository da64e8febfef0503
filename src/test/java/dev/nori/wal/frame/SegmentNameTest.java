package dev.nori.wal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentNameTest {
    @Test
    void hasTenDigitsAtLeast() {
        assertEquals("0000000000.wal", SegmentName.of(0));
        assertEquals("0000000042.wal", SegmentName.of(42));
        assertEquals("12345678901.wal", SegmentName.of(12345678901L));
    }

    @Property
    void comesBackAsItsId(@ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long id) {
        assertEquals(OptionalLong.of(id), SegmentName.parse(SegmentName.of(id)));
    }

    @Property
    void isReadFromNoOtherName(@ForAll String name) {
        SegmentName.parse(name).ifPresent(id -> assertEquals(name, SegmentName.of(id)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".wal",
                "1.wal",
                "000000001.wal",
                "00000000001.wal",
                "0000000001.wal.tmp",
                "0000000001.WAL",
                "-000000001.wal",
                "+000000001.wal",
                "000000000a.wal",
                "٠٠٠٠٠٠٠٠٠١.wal",
                "99999999999999999999.wal",
                "STAGE",
                "LOCK"
            })
    void isNotMadeOfAnythingElse(String name) {
        assertEquals(OptionalLong.empty(), SegmentName.parse(name));
    }

    @Test
    void isNotForNegativeIds() {
        assertThrows(IllegalArgumentException.class, () -> SegmentName.of(-1));
    }
}
