package dev.nori.wal.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Makes checksums right, so that a fuzzer gets behind them: it would not find one in years. Written from docs/format.md alone. */
final class Seal {
    private static final int HEADER_CRC = 84;
    private static final int TRAILER_BYTES = 96;
    private static final int FRAME_HEADER_BYTES = 16;
    private static final byte MARK = 4;
    private static final int SLOT_CRC = 100;
    private static final int SLOT_DATA = 104;

    private Seal() {}

    /** Of the segment header whose 88 bytes begin there. */
    static void header(byte[] bytes, int at) {
        if (at + HEADER_CRC + Integer.BYTES > bytes.length) return;
        little(bytes).putInt(at + HEADER_CRC, crc(bytes, at, HEADER_CRC));
    }

    /** Of the footer that ends with the array, and of its index. */
    static void footer(byte[] bytes) {
        int trailer = bytes.length - TRAILER_BYTES;
        if (trailer < 0) return;
        long indexBytes = 24L * Integer.toUnsignedLong(little(bytes).getInt(trailer + 80));
        if (indexBytes <= trailer) {
            little(bytes).putInt(trailer + 84, crc(bytes, (int) (trailer - indexBytes), (int) indexBytes));
        }
        little(bytes).putInt(trailer + 92, crc(bytes, trailer, 92));
    }

    /** Of the frame that begins there; how long it is, or 0 if it does not end within the array. */
    static int frame(byte[] bytes, int at, long position, int generation) {
        if (bytes.length - at < FRAME_HEADER_BYTES) return 0;
        long payload = Integer.toUnsignedLong(little(bytes).getInt(at + 4));
        if (payload > bytes.length - at - FRAME_HEADER_BYTES) return 0;
        boolean mark = bytes[at + 8] == MARK && payload >= 24;
        int inForce = mark ? little(bytes).getInt(at + FRAME_HEADER_BYTES + 16) : generation;
        CRC32C crc = new CRC32C();
        crc.update(bytes, at + FRAME_HEADER_BYTES, (int) payload);
        crc.update(bytes, at + 4, 12);
        ByteBuffer place = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        crc.update(place.putInt(inForce).putLong(position).flip());
        little(bytes).putInt(at, (int) crc.getValue());
        return (int) (FRAME_HEADER_BYTES + (payload + 7) / 8 * 8);
    }

    /** Of the slot of a control file that begins the array. */
    static void slot(byte[] bytes) {
        if (bytes.length < SLOT_DATA) return;
        ByteBuffer slot = little(bytes);
        long data = Integer.toUnsignedLong(slot.getInt(80)) + Integer.toUnsignedLong(slot.getInt(84));
        if (data > bytes.length - SLOT_DATA) return;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, SLOT_CRC);
        crc.update(bytes, SLOT_DATA, (int) data);
        slot.putInt(SLOT_CRC, (int) crc.getValue());
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
