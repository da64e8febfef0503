package dev.nori.wal.io;

import java.lang.foreign.MemorySegment;

/**
 * An open file, addressed by offset in bytes.
 *
 * <p>Any thread may call any method; calls do not move a cursor. Interrupts are ignored. {@code EINTR} and
 * short transfers are handled inside, once. A failure leaves the bytes that were asked for in an unknown
 * state; after a failed write or sync the caller must not trust the file again.
 *
 * <p>Memory is native, never on the heap, and stays valid until the call returns. Arguments that are not
 * allowed (alignment, number of parts, a negative offset, heap memory) are an
 * {@link IllegalArgumentException}; so is a change asked of a handle that was opened for
 * {@link Storage.Access#READ}. Using a closed handle is an {@link IoFailure} of kind
 * {@link IoFailure.Kind#OTHER} that says so; a call that is under way while another thread closes
 * the handle ends as if it had come first.
 */
public interface LogFile extends AutoCloseable {
    /** The name within its {@link Storage}. */
    String name();

    /** Length of the file in bytes. */
    long size() throws IoFailure;

    /**
     * What offsets, lengths and memory addresses must be multiples of: 1 for a handle that goes through the
     * page cache, the device's unit (at most 4096) for a direct one.
     */
    int alignment();

    /**
     * Writes the parts one after the other, beginning at {@code offsetBytes}, and extends the file if needed.
     * On return the bytes survive the end of the process, not a power cut.
     *
     * @param parts each a multiple of {@link #alignment} in address and length; 1 to 4 parts
     */
    void write(long offsetBytes, MemorySegment... parts) throws IoFailure;

    /**
     * Like {@link #write}, and on return these bytes also survive a power cut, together with
     * all metadata needed to read them. Says nothing of bytes written before.
     */
    void writeDurably(long offsetBytes, MemorySegment... parts) throws IoFailure;

    /**
     * Makes every write to the file that returned before this call began survive a power cut, together with
     * all metadata needed to read it ({@code fdatasync}).
     *
     * @throws IoFailure never of kind {@link IoFailure.Kind#FULL}: whatever the reason, writes that had returned
     *     may be lost, and freeing space does not bring them back
     */
    void sync() throws IoFailure;

    /**
     * Writes what the kernel still holds of the file and lets it forget all from {@code fromBytes} on, so that the next read
     * sees the disk: after a sync that failed, to whomever, the kernel may show bytes that are not there. An engine that has no
     * way to do it does nothing.
     */
    default void forgetCached(long fromBytes) throws IoFailure {}

    /**
     * Reads until {@code into} is full or the file ends.
     *
     * @return bytes read; fewer than asked only at the end of the file
     */
    long read(long offsetBytes, MemorySegment into) throws IoFailure;

    /**
     * Owns the space for the first {@code sizeBytes} bytes, and makes the file at least that long: later
     * writes below do not fail for lack of space. New bytes read as zeros.
     *
     * <p>Not to be called while another thread makes the file longer.
     *
     * @throws IoFailure of kind {@link IoFailure.Kind#FULL} if the space is not there; the file keeps its size
     */
    void allocate(long sizeBytes) throws IoFailure;

    /** Cuts the file, or extends it with a hole, to exactly {@code sizeBytes}. */
    void truncate(long sizeBytes) throws IoFailure;

    /** Gives back the descriptor once no call uses it; does not sync, does not wait. Idempotent. */
    @Override
    void close();
}
