package dev.nori.wal.append;

import dev.nori.wal.WalException;

/** Where appends go once the end of the log was exchanged for another one. */
@FunctionalInterface
public interface NextAppender {
    /**
     * The appender in place of one that accepts nothing more; waits for it if need be.
     *
     * @param why thrown if there is none, because the log was closed
     */
    Appender after(Appender left, WalException.Closed why);
}
