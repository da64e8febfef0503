package dev.nori.wal.recover;

/** A place in a file of the log. */
public record Place(String file, long segment, long offsetBytes) {}
