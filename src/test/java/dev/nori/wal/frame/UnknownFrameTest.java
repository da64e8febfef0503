package dev.nori.wal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A right checksum over something that version 1 does not know: refused, never guessed, never cut. */
class UnknownFrameTest {
    private static final FrameImage PLACE = FrameImage.PLACE;
    private static final byte[] NOTHING = {};

    private final FrameCursor cursor = new FrameCursor();

    @Test
    void kindsThatAreNotKnownAreRefused() {
        for (int kind = 0; kind < 256; kind++) {
            if (kind >= FrameKind.PUT && kind <= FrameKind.MARK) continue;
            assertRefused(PLACE.sealed(kind, 0, 0, new byte[8]));
        }
    }

    @Test
    void flagsOfARecordThatAreNotKnownAreRefused() {
        for (int flags = 0; flags < 256; flags++) {
            boolean reservedBit = flags >= 0x20;
            boolean reservedCompression = (flags >> 2 & 3) == 3;
            if (!reservedBit && !reservedCompression) continue;
            assertRefused(PLACE.sealed(FrameKind.PUT, flags, 0, new byte[100]));
            assertRefused(PLACE.sealed(FrameKind.DELETE, flags, 0, new byte[100]));
            assertRefused(PLACE.sealed(FrameKind.BATCH, 0, 0, batchOf(FrameKind.PUT, flags, 0, new byte[104])));
        }
    }

    @Test
    void flagsAndKeyLengthsOfBatchesAndMarksAreRefused() {
        byte[] batch = batchOf(FrameKind.PUT, 0, 0, NOTHING);
        assertEquals(FrameCursor.Outcome.FRAME, PLACE.decode(cursor, PLACE.sealed(FrameKind.BATCH, 0, 0, batch)));
        assertRefused(PLACE.sealed(FrameKind.BATCH, 0, 1, batch));
        byte[] mark = mark(0);
        assertRefused(PLACE.sealed(FrameKind.MARK, 0, 1, mark));
        for (int flags = 1; flags < 256; flags++) {
            assertRefused(PLACE.sealed(FrameKind.BATCH, flags, 0, batch));
            assertRefused(PLACE.sealed(FrameKind.MARK, flags, 0, mark));
        }
    }

    @Test
    void reasonsAndLengthsOfMarksThatAreNotKnownAreRefused() {
        assertEquals(FrameCursor.Outcome.FRAME, PLACE.decode(cursor, PLACE.sealed(FrameKind.MARK, 0, 0, mark(2))));
        for (int reason : new int[] {3, 4, 1 << 30, -1})
            assertRefused(PLACE.sealed(FrameKind.MARK, 0, 0, mark(reason)));
        assertRefused(PLACE.sealed(FrameKind.MARK, 0, 0, Arrays.copyOf(mark(0), 32)));
    }

    @Test
    void aMarkOfTheFutureIsRefused() {
        byte[] durableBehindItself = FrameImage.little(24)
                .putLong(PLACE.position() + 1)
                .putLong(0)
                .putInt(PLACE.generation())
                .array();
        assertRefused(PLACE.sealed(FrameKind.MARK, 0, 0, durableBehindItself));
    }

    @Test
    void kindsWithinABatchThatAreNotKnownAreRefused() {
        for (int kind = 0; kind < 256; kind++) {
            if (kind == FrameKind.PUT || kind == FrameKind.DELETE) continue;
            assertRefused(PLACE.sealed(FrameKind.BATCH, 0, 0, batchOf(kind, 0, 0, NOTHING)));
        }
    }

    @Test
    void aBatchThatDoesNotAddUpIsRefused() {
        byte[] one = batchOf(FrameKind.PUT, 0, 0, new byte[8]);
        assertRefused(PLACE.sealed(FrameKind.BATCH, 0, 0, NOTHING));
        assertRefused(PLACE.sealed(FrameKind.BATCH, 0, 0, new byte[8])); // no record
        assertRefused(PLACE.sealed(FrameKind.BATCH, 0, 0, Arrays.copyOf(one, one.length + 8))); // goes on
        assertRefused(PLACE.sealed(FrameKind.BATCH, 0, 0, Arrays.copyOf(one, one.length - 8))); // ends early
        for (int count : new int[] {0, 2, 3, Integer.MAX_VALUE, -1}) {
            byte[] lying = one.clone();
            FrameImage.little(4).putInt(count).flip().get(lying, 0, 4);
            assertRefused(PLACE.sealed(FrameKind.BATCH, 0, 0, lying));
        }
        byte[] reserved = one.clone();
        reserved[4] = 1;
        assertRefused(PLACE.sealed(FrameKind.BATCH, 0, 0, reserved));
    }

    @Test
    void paddingWithinABatchThatIsNotZeroIsRefused() {
        byte[] batch = batchOf(FrameKind.PUT, 0, 0, new byte[3]);
        batch = Arrays.copyOf(batch, batch.length + 5);
        assertEquals(FrameCursor.Outcome.FRAME, PLACE.decode(cursor, PLACE.sealed(FrameKind.BATCH, 0, 0, batch)));
        batch[batch.length - 1] = 1;
        assertRefused(PLACE.sealed(FrameKind.BATCH, 0, 0, batch));
    }

    @Test
    void hostileLengthsWithinAFrameAreRefused() {
        assertRefused(PLACE.sealed(FrameKind.PUT, 0, 1, NOTHING)); // key longer than the payload
        assertRefused(PLACE.sealed(FrameKind.PUT, 0, 0xFFFF, new byte[0xFFFF])); // belongs into the payload
        assertRefused(PLACE.sealed(FrameKind.PUT, RecordFlags.LONG_KEY, 0xFFFF, NOTHING));
        for (int length : new int[] {0, 1, 0xFFFE, 0x7FFF_FFFF, -1}) {
            assertRefused(PLACE.sealed(
                    FrameKind.PUT,
                    RecordFlags.LONG_KEY,
                    0xFFFF,
                    FrameImage.little(8).putInt(length).array()));
        }
        assertRefused(PLACE.sealed(FrameKind.PUT, RecordFlags.TTL, 0, new byte[7]));
        assertRefused(PLACE.sealed(FrameKind.PUT, RecordFlags.TTL, 0, FrameImage.filled(8, 0xFF)));
        assertRefused(PLACE.sealed(FrameKind.PUT, RecordFlags.VERSION, 0, new byte[15]));
        for (int length : new int[] {Integer.MIN_VALUE, -8, -1, 1 << 20}) {
            byte[] batch = batchOf(FrameKind.PUT, 0, 0, new byte[8]);
            FrameImage.little(4).putInt(length).flip().get(batch, 8, 4);
            assertRefused(PLACE.sealed(FrameKind.BATCH, 0, 0, batch));
        }
    }

    @Test
    void aCompressedValueThatIsNotSmallerIsRefused() {
        for (int raw : new int[] {0, 4, -1, FrameLayout.MAX_PAYLOAD_BYTES + 1}) {
            byte[] payload = FrameImage.little(8).putInt(raw).array();
            assertRefused(PLACE.sealed(FrameKind.PUT, 1 << 2, 0, payload));
            assertRefused(PLACE.sealed(FrameKind.PUT, 2 << 2, 0, payload));
        }
    }

    @Test
    void aTombstoneWithAValueIsRefused() {
        assertRefused(PLACE.sealed(FrameKind.DELETE, 0, 1, new byte[2]));
        assertRefused(PLACE.sealed(
                FrameKind.DELETE, 1 << 2, 0, FrameImage.little(4).putInt(9).array()));
    }

    private void assertRefused(byte[] frame) {
        assertEquals(FrameCursor.Outcome.UNSUPPORTED, PLACE.decode(cursor, frame));
        assertFalse(cursor.why().isEmpty());
        assertEquals(0, cursor.recordCount());
    }

    private static byte[] batchOf(int kind, int flags, int keyField, byte[] payload) {
        return FrameImage.little(16 + payload.length)
                .putInt(1)
                .putInt(0)
                .putInt(payload.length)
                .put((byte) kind)
                .put((byte) flags)
                .putShort((short) keyField)
                .put(payload)
                .array();
    }

    private static byte[] mark(int reason) {
        return FrameImage.little(24)
                .putLong(0)
                .putLong(0)
                .putInt(PLACE.generation())
                .putInt(reason)
                .array();
    }
}
