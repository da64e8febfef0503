package dev.nori.wal.io;

import dev.nori.wal.io.IoFailure.Kind;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The lock on a directory, the same for every real engine.
 *
 * <p>The kernel alone cannot refuse a second open in the same process. A POSIX record lock, which is
 * what {@code java.nio} takes, belongs to the process: asking for it again succeeds, and closing
 * <em>any</em> descriptor of the file gives it up, even one that was opened only to look who holds it.
 * So a second opener is turned away by real path here, before the file is touched.
 *
 * <p>This is the one class with state that belongs to the process, because what it mirrors does.
 */
public final class DirectoryLock implements Storage.Lock {
    /** Owners of the locks that this process holds, whichever engine took them. */
    private static final ConcurrentHashMap<Path, String> OWNERS = new ConcurrentHashMap<>();

    /**
     * Files that must stay open for as long as the process lives: a copy of this class in another class
     * loader holds the lock, and would lose it with their descriptor.
     */
    private static final Queue<LockFile> KEPT_OPEN = new ConcurrentLinkedQueue<>();

    private static final int MAX_OWNER_BYTES = 1024;

    private final Path key;
    private final LockFile file;
    private boolean closed;

    private DirectoryLock(Path key, LockFile file) {
        this.key = key;
        this.file = file;
    }

    /**
     * Takes the lock or fails as {@link Storage#lock} says.
     *
     * @param opening opens the file {@code name} in {@code directory}; called only if no open in this process
     *     has the lock
     */
    public static DirectoryLock take(Path directory, String name, String owner, Opening<? extends LockFile> opening)
            throws IoFailure {
        Path path = Folder.file(directory, name);
        Path key = realPath(directory).resolve(name);
        String present = OWNERS.putIfAbsent(key, owner);
        if (present != null) throw refused(path, present);
        try {
            return new DirectoryLock(key, locked(path, owner, opening.open()));
        } catch (Throwable t) {
            OWNERS.remove(key);
            throw t;
        }
    }

    /** Answers {@code file} with the lock on it, or closes it. */
    private static LockFile locked(Path path, String owner, LockFile file) throws IoFailure {
        LockFile.Answer answer = LockFile.Answer.HELD_ELSEWHERE;
        try {
            answer = file.tryLock();
            if (answer != LockFile.Answer.TAKEN) throw refused(path, readOwner(file));
            writeOwner(file, owner);
            return file;
        } catch (Throwable t) {
            if (answer == LockFile.Answer.HELD_IN_THIS_PROCESS) {
                KEPT_OPEN.add(file);
            } else {
                file.close();
            }
            throw t;
        }
    }

    /** On a full disk the text is left out: the lock is what counts, and opening is how space is found. */
    private static void writeOwner(LockFile file, String owner) throws IoFailure {
        file.truncate(0);
        byte[] text = owner.getBytes(StandardCharsets.UTF_8);
        if (text.length == 0) return;
        try (Arena arena = Arena.ofConfined()) {
            file.write(0, arena.allocateFrom(ValueLayout.JAVA_BYTE, text));
        } catch (IoFailure e) {
            if (e.kind() != Kind.FULL) throw e;
        }
    }

    private static String readOwner(LockFile file) throws IoFailure {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(MAX_OWNER_BYTES);
            long length = file.read(0, text);
            byte[] bytes = text.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static IoFailure refused(Path path, String owner) {
        String whom = owner.isBlank() ? "somebody who left no name" : owner.strip();
        return new IoFailure(Kind.LOCKED, 0, "lock " + path + ": held by " + whom, null);
    }

    private static Path realPath(Path directory) throws IoFailure {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw JavaFailure.of("realpath " + directory, e);
        }
    }

    /** Gives back the kernel's lock first: who finds the way free here must find it free there. */
    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        file.close();
        OWNERS.remove(key);
    }
}
