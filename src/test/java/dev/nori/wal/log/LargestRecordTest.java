package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalRecord;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargestRecordTest extends EveryEngine {
    private static final int HEADER_BYTES = 16;
    private static final int KEY_BYTES = 4;

    /** What the log itself says a segment of 1 MiB holds. */
    private static long limitBytes(Wal wal) {
        WalRecord tooLarge = Records.sized(1, 2 << 20);
        return assertThrows(WalException.TooLarge.class, () -> wal.append(tooLarge))
                .limitBytes();
    }

    @Test
    void fitsAndOneByteMoreDoesNot() {
        WalRecord fits;
        try (Wal wal = open()) {
            int value = (int) limitBytes(wal) - HEADER_BYTES - KEY_BYTES;
            fits = Records.sized(1, value);
            WalException.TooLarge refusal =
                    assertThrows(WalException.TooLarge.class, () -> wal.append(Records.sized(2, value + 1)));
            assertEquals(limitBytes(wal) + 8, refusal.bytes(), "padded to 8");
            for (int i = 0; i < 3; i++) wal.append(fits);
            Records.assertHolds(wal, List.of(fits, fits, fits));
        }
        try (Wal wal = open()) {
            wal.append(fits);
            Records.assertHolds(wal, List.of(fits, fits, fits, fits));
        }
    }

    @Test
    void fitsAfterOthersWhereverTheyEnd() {
        try (Wal wal = open()) {
            WalRecord largest = Records.sized(1, (int) limitBytes(wal) - HEADER_BYTES - KEY_BYTES);
            for (int i = 0; i < 3; i++) {
                wal.append(Records.numbered(i));
                wal.sync();
                wal.append(largest);
                wal.sync();
            }
            assertEquals(6, Records.entries(wal).size());
        }
        try (Wal wal = open()) {
            assertEquals(6, Records.entries(wal).size());
        }
    }

    @Test
    void mayBeABatch() {
        try (Wal wal = open()) {
            long room = limitBytes(wal) - HEADER_BYTES - 8; // the frame's header and the batch's
            int each = 1016; // 8 for its header
            List<WalRecord> fits = Collections.nCopies((int) (room / 1024), Records.sized(1, each - KEY_BYTES));
            List<WalRecord> tooMany = Collections.nCopies(fits.size() + 1, fits.getFirst());
            assertThrows(WalException.TooLarge.class, () -> wal.appendBatch(tooMany));
            wal.appendBatch(fits);
            wal.appendBatch(fits);
            assertEquals(2 * fits.size(), Records.entries(wal).size());
        }
    }

    @Test
    void isRefusedBeforeAnythingHappens() {
        try (Wal wal = open()) {
            wal.append(Records.numbered(0));
            long end = wal.endPosition().bytes();
            WalRecord tooLarge = Records.sized(1, 1 << 20);
            assertThrows(WalException.TooLarge.class, () -> wal.append(tooLarge));
            assertThrows(WalException.TooLarge.class, () -> wal.appendAsync(tooLarge));
            assertThrows(WalException.TooLarge.class, () -> wal.appendBatch(List.of(Records.numbered(1), tooLarge)));
            assertEquals(end, wal.endPosition().bytes());
            wal.append(Records.numbered(1));
            Records.assertHolds(wal, 2);
        }
    }
}
