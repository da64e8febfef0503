package dev.nori.wal.io.nio;

import dev.nori.wal.IoMode;
import dev.nori.wal.io.DirectoryLock;
import dev.nori.wal.io.Folder;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import dev.nori.wal.io.JavaFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.StageMapping;
import dev.nori.wal.io.Storage;
import java.io.File;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

/**
 * A directory through {@code java.nio}.
 *
 * <p>It keeps every promise of {@link Storage}, with these limits:
 *
 * <ul>
 *   <li>No direct I/O: every byte goes through the page cache.
 *   <li>No gathering write at an offset: each part is a system call of its own, and a durable write is
 *       the writes and then a sync of the whole file.
 *   <li>Allocating writes zeros, which takes the time that writing takes, and only from the present end of the
 *       file on: a hole below it stays a hole.
 *   <li>Why a call failed is known by the type of the exception only; {@link IoFailure#errno} is 0. A full disk is
 *       told from other failures by asking for the free space afterwards. A quota that is used up is not seen
 *       that way and is {@link Kind#OTHER}.
 *   <li>The lock is a POSIX record lock on Unix: it is lost when anything in this process opens and closes
 *       the lock file, code that is not ours included. Opens of this library do not.
 *   <li>No advice to the kernel, so read-ahead is what the kernel does by itself.
 *   <li>On Windows a directory cannot be synced, a file that is open cannot be deleted or replaced, and a
 *       file that is mapped cannot be cut.
 * </ul>
 */
public final class NioStorage implements Storage {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
    private static final Set<OpenOption> WRITE = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Set<OpenOption> CREATE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    private static final Set<OpenOption> OPEN_OR_CREATE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);

    /** File systems take space for inodes and directories in large pieces. */
    private static final long ROOM_FOR_A_NAME_BYTES = 1 << 20;

    private final Path directory;

    public NioStorage(Path directory) {
        this.directory = directory;
    }

    @Override
    public IoMode mode() {
        return IoMode.NIO;
    }

    @Override
    public String directory() {
        return directory.toString();
    }

    @Override
    public List<String> list() throws IoFailure {
        return Folder.plainFiles(directory);
    }

    @Override
    public LogFile create(String name) throws IoFailure {
        try {
            return open(name, Access.WRITE, CREATE);
        } catch (IoFailure e) {
            IoFailure told = ofANewName(e);
            if (told.kind() != Kind.OTHER) throw told;
            return open(name, Access.WRITE, CREATE); // space may have come before the disk was asked for it
        }
    }

    /** Java does not say why a name could not be added. Where hardly any space is left it is taken to be that. */
    private IoFailure ofANewName(IoFailure e) throws IoFailure {
        boolean full = e.kind() == Kind.OTHER && freeBytes() < ROOM_FOR_A_NAME_BYTES;
        return full ? new IoFailure(Kind.FULL, 0, String.valueOf(e.getMessage()), e) : e;
    }

    @Override
    public LogFile open(String name, Access access) throws IoFailure {
        return open(name, access, access == Access.READ ? READ : WRITE);
    }

    private NioFile open(String name, Access access, Set<OpenOption> options) throws IoFailure {
        return NioFile.open(name, Folder.file(directory, name), access, options);
    }

    @Override
    public void rename(String from, String to) throws IoFailure {
        Path source = Folder.file(directory, from);
        Path target = Folder.file(directory, to);
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw ofANewName(JavaFailure.of("rename " + source + " to " + target, e));
        }
    }

    @Override
    public void delete(String name) throws IoFailure {
        Path path = Folder.file(directory, name);
        try {
            // Files.delete would take an empty directory as well.
            if (Files.isDirectory(path)) throw new IoFailure(Kind.OTHER, 0, "delete " + path + ": a directory", null);
            Files.delete(path);
        } catch (IoFailure e) {
            throw e;
        } catch (IOException e) {
            throw JavaFailure.of("delete " + path, e);
        }
    }

    /** Does nothing on Windows, where a directory cannot be opened as a file. */
    @Override
    public void syncDirectory() throws IoFailure {
        if (File.separatorChar == '\\') return;
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw JavaFailure.of("fsync " + directory, e);
        }
    }

    @Override
    public MappedMemory map(String name, long bytes) throws IoFailure {
        return StageMapping.open(Folder.file(directory, name), bytes, () -> open(name, Access.WRITE, OPEN_OR_CREATE));
    }

    @Override
    public Lock lock(String name, String owner) throws IoFailure {
        return DirectoryLock.take(directory, name, owner, () -> open(name, Access.WRITE, OPEN_OR_CREATE));
    }

    @Override
    public long freeBytes() throws IoFailure {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw JavaFailure.of("free space of " + directory, e);
        }
    }

    /** There is nothing to give back: the directory is opened only where it is synced. */
    @Override
    public void close() {}
}
