package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class DeedTest {
    @Test
    void isUnderstoodInItsOwnWords() {
        List<Deed> all = List.of(
                new Deed.TruncateBefore(1),
                new Deed.TruncateAfter(2),
                new Deed.Reset(3),
                new Deed.Checkpoint(4, 5),
                new Deed.SetMetadata(6));
        for (Deed deed : all) assertEquals(deed, Deed.parse(deed.inWords()));
    }

    @Test
    void isNotMadeOfOtherWords() {
        assertThrows(IllegalArgumentException.class, () -> Deed.parse("checkpoint 4"));
        assertThrows(IllegalArgumentException.class, () -> Deed.parse("append 4"));
    }
}
