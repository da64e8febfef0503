package dev.nori.wal.crash.disk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * One request as it comes out of {@code /dev/fuse}, in the machine's byte order.
 *
 * <pre>
 *   0        4        8                16               24            40
 *   +--------+--------+----------------+----------------+-------------+------------------
 *   | length | opcode |     unique     |      node      | who (16)    | body
 *   +--------+--------+----------------+----------------+-------------+------------------
 *   READ, WRITE       body: handle u64 @40, offset u64 @48, size u32 @56, flags; WRITE's data @80
 *   INIT              body: major u32 @40, minor u32 @44
 * </pre>
 *
 * <p>A view: valid until the buffer under it is read into again.
 */
final class FuseRequest {
    static final int HEADER_BYTES = 40;
    static final int DATA_AT = 80;

    static final int FORGET = 2;
    static final int GETATTR = 3;
    static final int SETATTR = 4;
    static final int OPEN = 14;
    static final int READ = 15;
    static final int WRITE = 16;
    static final int STATFS = 17;
    static final int RELEASE = 18;
    static final int FSYNC = 20;
    static final int FLUSH = 25;
    static final int INIT = 26;
    static final int INTERRUPT = 36;
    static final int DESTROY = 38;
    static final int BATCH_FORGET = 42;

    private final MemorySegment bytes;

    /**
     * @param bytes what one read of the device returned
     * @throws IllegalArgumentException if that is not one whole request
     */
    FuseRequest(MemorySegment bytes) {
        this.bytes = bytes;
        if (bytes.byteSize() < HEADER_BYTES || length() != bytes.byteSize()) {
            throw new IllegalArgumentException("not one request: " + bytes.byteSize() + " bytes");
        }
    }

    int length() {
        return bytes.get(JAVA_INT_UNALIGNED, 0);
    }

    int opcode() {
        return bytes.get(JAVA_INT_UNALIGNED, 4);
    }

    /** The number by which the reply names this request. */
    long unique() {
        return bytes.get(JAVA_LONG_UNALIGNED, 8);
    }

    /** INIT: the protocol's minor version that the kernel speaks. */
    int minor() {
        return bytes.get(JAVA_INT_UNALIGNED, 44);
    }

    /** READ, WRITE: where, in bytes from the disk's start. */
    long offsetBytes() {
        return bytes.get(JAVA_LONG_UNALIGNED, 48);
    }

    /** READ, WRITE: how many bytes. */
    int sizeBytes() {
        return bytes.get(JAVA_INT_UNALIGNED, 56);
    }

    /** WRITE: a copy of the data. */
    byte[] data() {
        return bytes.asSlice(DATA_AT, sizeBytes()).toArray(JAVA_BYTE);
    }
}
