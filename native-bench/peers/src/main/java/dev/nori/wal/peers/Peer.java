package dev.nori.wal.peers;

import java.io.IOException;

/** A log that is open. Safe for any number of threads. */
interface Peer extends AutoCloseable {
    /** Appends; not durable on return. */
    void append(byte[] record) throws Exception;

    /** Appends; durable on return. */
    void appendDurably(byte[] record) throws Exception;

    /** On return all that was appended is durable. */
    void sync() throws Exception;

    @Override
    void close() throws IOException;
}
