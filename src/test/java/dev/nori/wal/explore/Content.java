package dev.nori.wal.explore;

import dev.nori.wal.WalRecord;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * What was appended: all of it follows from three numbers. The serial tells a record from the one that once stood in its
 * place and was cut off.
 */
public final class Content {
    private final int serial;
    private final WalRecord record;

    /**
     * The content of a record.
     *
     * @param number its place in the log
     * @param serial which append it was, of all that were ever begun
     * @param bytes of its value
     */
    Content(int number, int serial, int bytes) {
        this.serial = serial;
        byte[] value = new byte[bytes];
        new SplittableRandom(serial).nextBytes(value);
        this.record = WalRecord.put((number + "/" + serial).getBytes(StandardCharsets.US_ASCII), value);
    }

    int serial() {
        return serial;
    }

    WalRecord record() {
        return record;
    }
}
