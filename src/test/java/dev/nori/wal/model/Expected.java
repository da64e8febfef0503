package dev.nori.wal.model;

import dev.nori.wal.Position;
import dev.nori.wal.WalRecord;

/**
 * A record that the log must hold, and where.
 *
 * @param indexInBatch 0 for the first record of a batch, and for one that stands alone
 * @param millis when it was appended, since 1970
 */
record Expected(WalRecord record, Position position, long sequence, int indexInBatch, long millis) {}
