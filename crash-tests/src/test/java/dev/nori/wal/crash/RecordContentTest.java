package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.WalRecord;
import org.junit.jupiter.api.Test;

class RecordContentTest {
    private static final long SEED_OF_A_PUT = 3; // its first record has a key and a value

    @Test
    void saysWhichRecordItIs() {
        for (int n = 0; n < 500; n++) {
            RecordId id = new RecordId(n % 7, n, 1, 3);
            RecordContent.Seen seen = RecordContent.look(42, RecordContent.of(42, id, Sizes.VARIED));
            assertEquals(id, seen.id());
            assertTrue(seen.intact());
        }
    }

    @Test
    void isAnotherOneUnderAnotherSeed() {
        WalRecord record = RecordContent.of(42, RecordId.single(0, 0), Sizes.LARGE);
        assertFalse(RecordContent.look(43, record).intact());
    }

    @Test
    void isNotIntactWithOneByteChanged() {
        RecordId id = RecordId.single(0, 0);
        WalRecord record = RecordContent.of(SEED_OF_A_PUT, id, Sizes.LARGE);
        byte[] value = record.valueBytes();
        value[value.length / 2] ^= 1;
        RecordContent.Seen seen = RecordContent.look(SEED_OF_A_PUT, WalRecord.put(record.keyBytes(), value));
        assertEquals(id, seen.id());
        assertFalse(seen.intact());
    }

    @Test
    void isNobodysIfItSaysNothing() {
        RecordContent.Seen seen = RecordContent.look(42, WalRecord.put(new byte[3], new byte[100]));
        assertEquals(Entry.NOBODY, seen.id().writer());
        assertFalse(seen.intact());
    }
}
