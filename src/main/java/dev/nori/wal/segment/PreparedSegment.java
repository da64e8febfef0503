package dev.nori.wal.segment;

import dev.nori.wal.io.LogFile;

/**
 * A segment file that is ready for use: its space is owned, its header empty, its name and its size durable.
 *
 * @param id the id its name carries
 * @param bytes size of the file
 * @param ownedBytes how much of it has blocks; the rest must be asked for
 * @param file open for writing; the receiver closes it
 */
public record PreparedSegment(long id, long bytes, long ownedBytes, LogFile file) {}
