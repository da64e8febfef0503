package dev.nori.wal;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Appends like {@link Wal#append}, and makes no garbage: no record, no position, nothing that the collector would have to
 * look at. For programs that append millions of records a second; everybody else is better served with {@link WalRecord}.
 *
 * <p>Made by {@link Wal#appender}, reusable, and <b>confined to the thread that made it</b>: any other gets
 * {@link WrongThreadException}. It holds no resource and need not be closed; it ends with its log.
 *
 * <p>Settings hold for all appends that follow, until they are changed. Each append returns the position where the record
 * starts, in bytes from the log's first byte ever; {@code new Position(bytes)} makes a {@link Position} of it. On return the
 * record is acknowledged and the memory is the caller's again.
 *
 * <p>Every append throws
 *
 * <ul>
 *   <li>{@link WalException.TooLarge} if the record does not fit into a segment; nothing was appended
 *   <li>{@link WalException.Full} if there is no space; nothing was appended
 *   <li>{@link WalException.Failed} if a write or sync failed, now or before. If it failed now, the record may or may
 *       not be in the log after the next open
 *   <li>{@link WalException.Closed} after the log was closed; nothing was appended
 *   <li>{@link IllegalArgumentException} if the codec that was set is not there; nothing was appended
 *   <li>{@link IllegalStateException} if it is called by a {@link RecordWriter}; nothing was appended
 * </ul>
 *
 * <p>No garbage means: records of up to a quarter of the stage (1 MiB), not compressed, on a thread that does not have to
 * wait for another one's sync. Larger ones, and compressed ones, keep a few small objects busy; their bytes
 * go through memory that is reused. A {@link RecordWriter} gets two views, which the compiler removes where it can.
 * {@code docs/benchmarks/append.md} has the figures.
 */
public interface WalAppender {
    /** Whether appends wait for more than the policy says. At first {@link Durability#POLICY}. */
    WalAppender durability(Durability durability);

    /** How values are stored where it makes them smaller. At first {@link Compression#NONE}. */
    WalAppender compression(Compression compression);

    /**
     * The same, with a level.
     *
     * @param level see {@link WalRecord#compressed(Compression, int)}
     * @throws IllegalArgumentException if there is no such level; the setting is as it was
     */
    WalAppender compression(Compression compression, int level);

    /**
     * How long values mean something, counted from the append.
     *
     * @param ttlMillis at least 0, in milliseconds
     * @throws IllegalArgumentException if it is negative; the setting is as it was
     */
    WalAppender ttl(long ttlMillis);

    /** Values mean something for ever, as at first. */
    WalAppender withoutTtl();

    /** The version of the records that follow. */
    WalAppender version(long term, long index);

    /** Records have no version, as at first. */
    WalAppender withoutVersion();

    /** Appends a key and its value. */
    long put(byte[] key, byte[] value);

    /** Appends a key and its value; each buffer's bytes from its position to its limit, which are not moved. */
    long put(ByteBuffer key, ByteBuffer value);

    /** Appends a key and its value. */
    long put(MemorySegment key, MemorySegment value);

    /**
     * Appends a key and a value that the caller writes straight into the log's memory, in the order of the appends. Where that memory
     * is not in one piece, or the value is to be compressed, or the record is larger than a quarter of the stage, it is memory
     * aside, whose bytes are copied.
     *
     * @param keyBytes length of the key, in bytes
     * @param valueBytes length of the value, in bytes
     * @throws IllegalArgumentException if a length is negative; nothing was appended
     */
    long put(long keyBytes, long valueBytes, RecordWriter writer);

    /** Appends the removal of a key. */
    long delete(byte[] key);

    /** Appends the removal of a key: the buffer's bytes from its position to its limit, which are not moved. */
    long delete(ByteBuffer key);

    /** Appends the removal of a key. */
    long delete(MemorySegment key);
}
