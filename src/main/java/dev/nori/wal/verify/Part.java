package dev.nori.wal.verify;

/**
 * What came of a part of the log.
 *
 * @param findings what is wrong with it
 * @param counts what is right in it
 * @param segments segments that were read
 */
record Part(Findings findings, Counts counts, int segments) {}
