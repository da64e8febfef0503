/**
 * The format: how headers, frames, marks and footers look as bytes, drawn in {@code docs/format.md}.
 *
 * <p>Pure: no I/O, no clock, no thread. Memory comes in, values come out. Drafts ({@link
 * dev.nori.wal.frame.RecordDraft}, {@link dev.nori.wal.frame.BatchDraft}, {@link dev.nori.wal.frame.Marks}) put
 * payloads into a {@link dev.nori.wal.frame.PayloadSink}; {@link dev.nori.wal.frame.FrameChecksum} seals them; {@link
 * dev.nori.wal.frame.FrameCursor} is the one decoder. Objects that are reused belong to one thread at a time. May
 * import the value types of the public face and nothing else of ours.
 *
 * <p>One rule holds for everything that is parsed here: bytes whose checksum is wrong are <em>damaged</em>; bytes
 * whose checksum is right and which this version does not understand are <em>unsupported</em>, and must be refused,
 * never guessed and never cut.
 */
@NullMarked
package dev.nori.wal.frame;

import org.jspecify.annotations.NullMarked;
