package dev.nori.wal.io;

import dev.nori.wal.IoMode;
import java.util.List;

/**
 * One directory of a file system, as the log needs it.
 *
 * <p>Names are plain file names without a separator. All methods may be called from any thread.
 * Creating, renaming and deleting change the directory in memory only: such a change survives a power
 * cut once {@link #syncDirectory} returned after it. The contents of a file are the business of
 * {@link LogFile}.
 */
public interface Storage extends AutoCloseable {
    /** The engine behind this storage; never {@link IoMode#AUTO}. */
    IoMode mode();

    /** The directory, for messages. */
    String directory();

    /** The names of all plain files in the directory, sorted. */
    List<String> list() throws IoFailure;

    /**
     * Creates an empty file, for reading and writing.
     *
     * @throws IoFailure of kind {@link IoFailure.Kind#EXISTS} if there is one of that name
     */
    LogFile create(String name) throws IoFailure;

    /**
     * Opens an existing file.
     *
     * @throws IoFailure of kind {@link IoFailure.Kind#NOT_FOUND} if there is none
     */
    LogFile open(String name, Access access) throws IoFailure;

    /** Gives a file another name; a file that has the new name already is replaced atomically. */
    void rename(String from, String to) throws IoFailure;

    /** Removes a name. Handles that are open on the file stay usable. */
    void delete(String name) throws IoFailure;

    /**
     * Makes every creation, renaming and deletion before the call survive a power cut.
     *
     * @throws IoFailure never of kind {@link IoFailure.Kind#FULL}: whatever the reason, the changes may be lost, and a second call
     *     may succeed on nothing
     */
    void syncDirectory() throws IoFailure;

    /**
     * Maps a small file as memory that outlives the process: what was stored there before a
     * {@code kill -9} is found again by the next {@code map}. Nothing is promised after a power cut
     * but that the bytes are some mixture of what was stored.
     *
     * <p>If the file is missing or has another size it is created anew with that size, and every byte of
     * it is written once (no holes), so that storing into the mapping cannot fail on a full disk.
     * The content of an existing file of the right size is left as it is.
     *
     * @param bytes a multiple of 4096
     * @return memory aligned to 4096 bytes, valid until {@link MappedMemory#close}
     */
    MappedMemory map(String name, long bytes) throws IoFailure;

    /**
     * Takes the lock that makes this process (and this open) the only owner of the directory.
     * It vanishes with the process, however that ends.
     *
     * @param owner written into the lock file for the message another opener gets
     * @throws IoFailure of kind {@link IoFailure.Kind#LOCKED} if somebody else holds it; the message
     *     then names the text of the present owner
     */
    Lock lock(String name, String owner) throws IoFailure;

    /** Bytes that an unprivileged program can still write to this file system. */
    long freeBytes() throws IoFailure;

    /** Gives back what the storage itself holds. Files, mappings and locks are closed by their owners. */
    @Override
    void close();

    /** What a file is opened for. */
    enum Access {
        /** Reading only, through the page cache where there is one; any offset, length and address. */
        READ,
        /** Reading and writing by {@link LogFile#alignment} where the engine is direct. */
        WRITE
    }

    /** A lock on the directory; closing gives it back. */
    interface Lock extends AutoCloseable {
        @Override
        void close();
    }
}
