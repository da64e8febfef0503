package dev.nori.wal.damage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SalvageAndPowerCutsTest {
    @Test
    void loseNothingAndGetThereInTheEnd() throws Exception {
        SalvageCuts cuts = new SalvageCuts(Long.getLong("nori.seed", 1));
        List<String> findings = cuts.explore();
        assertTrue(
                findings.isEmpty(),
                () -> findings.size() + " findings\n"
                        + String.join("\n", findings.stream().limit(12).toList()));
        assertTrue(cuts.cuts() > 200, cuts.cuts() + " cuts");
        assertEquals(0, cuts.cuts() % 4);
    }
}
