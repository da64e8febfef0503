package dev.nori.wal;

/**
 * Numbers about a log since it was opened; a snapshot, not exact across fields.
 *
 * @param records records appended
 * @param bytes bytes of the log used by them, headers and padding included
 * @param writes write calls to segment files
 * @param syncs syncs of segment files, those of writes that sync included
 * @param rolls segments that were filled
 * @param segments segment files that hold records now
 * @param syncNanosMax the longest sync so far, in nanoseconds
 */
public record WalStats(
        long records, long bytes, long writes, long syncs, long rolls, int segments, long syncNanosMax) {}
