package dev.nori.wal.damage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalView;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.damage.SmallLog.Ending;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LookingAtASmallLogTest {
    @ParameterizedTest
    @EnumSource
    void showsAllThatOpeningItWouldAndChangesNothing(Ending ending) throws Exception {
        SmallLog log = SmallLog.ending(ending);
        ImageStorage storage = new ImageStorage(log.image());
        List<LogEntry> seen = new ArrayList<>();
        try (WalView view = Assembly.openReadOnly(storage);
                WalReader reader = view.readFrom(view.firstPosition())) {
            reader.forEach(seen::add);
            assertEquals(ending == Ending.KILLED, view.recovery().recordsFromStage() > 0);
        }
        assertEquals(log.entries(), seen);
        assertEquals(0, storage.changes());
        assertEquals(0, storage.openHandles());
        assertTrue(seen.size() > 10);
    }
}
