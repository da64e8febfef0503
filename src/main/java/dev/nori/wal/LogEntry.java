package dev.nori.wal;

import java.time.Instant;

/**
 * A record with its place in the log.
 *
 * @param record what was appended
 * @param position where the record starts
 * @param next where to resume reading after this record: {@link Wal#readFrom} accepts it now and after a restart
 * @param sequence the record's number; the first record ever has 0, and there are no gaps
 * @param appendedAt when it was appended, to the millisecond; while the log writes to its device, when that write began, which is earlier by
 *     a millisecond or as long as the device takes for it. Never earlier than that of the record before it
 */
public record LogEntry(WalRecord record, Position position, Position next, long sequence, Instant appendedAt) {}
