package dev.nori.wal.io;

/** A file of a real engine on which the lock of {@link DirectoryLock} can be taken. */
public interface LockFile extends LogFile {
    /** What the kernel said. */
    enum Answer {
        /** The lock is held now, until the file is closed. */
        TAKEN,
        /** Another process holds it, or another descriptor whose lock is not hurt by closing this one. */
        HELD_ELSEWHERE,
        /** A record lock of this very process is in the way. Closing the file would take it away. */
        HELD_IN_THIS_PROCESS
    }

    /** Asks for the exclusive lock without waiting. */
    Answer tryLock() throws IoFailure;
}
