package dev.nori.wal.crash.disk;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * One reply as it goes into {@code /dev/fuse}, in the machine's byte order.
 *
 * <pre>
 *   0        4        8                16
 *   +--------+--------+----------------+------------------
 *   | length | error  |     unique     | body
 *   +--------+--------+----------------+------------------
 * </pre>
 *
 * <p>Each method fills the buffer and gives the part of it to write. The buffer is used again for the next reply.
 */
final class FuseReply {
    static final int HEADER_BYTES = 16;
    static final int MAX_IO_BYTES = 1 << 20;
    static final int BUFFER_BYTES = HEADER_BYTES + MAX_IO_BYTES;

    private static final int PROTOCOL_MAJOR = 7;
    private static final int PROTOCOL_MINOR_LIMIT = 36;
    private static final int FLAG_BIG_WRITES = 1 << 5;
    private static final int FLAG_MAX_PAGES = 1 << 22;
    private static final int OPEN_DIRECT_IO = 1;
    private static final int BLOCK_BYTES = 4096;
    private static final int MODE_REGULAR_FILE = 0100600;

    private final MemorySegment buffer;

    FuseReply(MemorySegment buffer) {
        this.buffer = buffer;
    }

    /** Success without a body, or a failure. {@code error} is 0 or a negative errno. */
    MemorySegment status(long unique, int error) {
        return header(unique, error, 0);
    }

    /** Answers INIT: which protocol, and that a request may carry up to {@value #MAX_IO_BYTES} bytes. */
    MemorySegment init(long unique, int kernelMinor) {
        MemorySegment body = clearedBody(64);
        body.set(JAVA_INT_UNALIGNED, 0, PROTOCOL_MAJOR);
        body.set(JAVA_INT_UNALIGNED, 4, Math.min(kernelMinor, PROTOCOL_MINOR_LIMIT));
        body.set(JAVA_INT_UNALIGNED, 8, 0); // no read-ahead: the disk shows each request as it is
        body.set(JAVA_INT_UNALIGNED, 12, FLAG_BIG_WRITES | FLAG_MAX_PAGES);
        body.set(JAVA_SHORT_UNALIGNED, 16, (short) 16); // requests in the background
        body.set(JAVA_SHORT_UNALIGNED, 18, (short) 12); // of these, when the kernel calls it crowded
        body.set(JAVA_INT_UNALIGNED, 20, MAX_IO_BYTES);
        body.set(JAVA_INT_UNALIGNED, 24, 1); // times are in nanoseconds
        body.set(JAVA_SHORT_UNALIGNED, 28, (short) (MAX_IO_BYTES / BLOCK_BYTES));
        return header(unique, 0, 64);
    }

    /** Answers GETATTR and SETATTR: a regular file of this size, whoever asks. */
    MemorySegment attributes(long unique, long sizeBytes) {
        MemorySegment body = clearedBody(104);
        body.set(JAVA_LONG_UNALIGNED, 0, 3600); // seconds for which the kernel may believe it
        body.set(JAVA_LONG_UNALIGNED, 16, 1); // inode
        body.set(JAVA_LONG_UNALIGNED, 24, sizeBytes);
        body.set(JAVA_LONG_UNALIGNED, 32, sizeBytes / 512);
        body.set(JAVA_INT_UNALIGNED, 76, MODE_REGULAR_FILE);
        body.set(JAVA_INT_UNALIGNED, 80, 1); // links
        body.set(JAVA_INT_UNALIGNED, 96, BLOCK_BYTES);
        return header(unique, 0, 104);
    }

    /** Answers OPEN: no page cache between the loop device and us. */
    MemorySegment opened(long unique) {
        clearedBody(16).set(JAVA_INT_UNALIGNED, 8, OPEN_DIRECT_IO);
        return header(unique, 0, 16);
    }

    /** Answers WRITE: so many bytes were taken. */
    MemorySegment written(long unique, int sizeBytes) {
        clearedBody(8).set(JAVA_INT_UNALIGNED, 0, sizeBytes);
        return header(unique, 0, 8);
    }

    /** Answers STATFS. */
    MemorySegment statistics(long unique) {
        MemorySegment body = clearedBody(80);
        body.set(JAVA_INT_UNALIGNED, 40, BLOCK_BYTES);
        body.set(JAVA_INT_UNALIGNED, 44, 255); // longest name
        return header(unique, 0, 80);
    }

    /** Where to put the data of a READ, before {@link #read}. */
    MemorySegment readTarget(int sizeBytes) {
        return buffer.asSlice(HEADER_BYTES, sizeBytes);
    }

    /** Answers READ with what is in the {@link #readTarget}. */
    MemorySegment read(long unique, int sizeBytes) {
        return header(unique, 0, sizeBytes);
    }

    private MemorySegment clearedBody(int sizeBytes) {
        return buffer.asSlice(HEADER_BYTES, sizeBytes).fill((byte) 0);
    }

    private MemorySegment header(long unique, int error, int bodyBytes) {
        buffer.set(JAVA_INT_UNALIGNED, 0, HEADER_BYTES + bodyBytes);
        buffer.set(JAVA_INT_UNALIGNED, 4, error);
        buffer.set(JAVA_LONG_UNALIGNED, 8, unique);
        return buffer.asSlice(0, HEADER_BYTES + bodyBytes);
    }
}
