/**
 * A log against a plain list: whatever is done to both, in whatever order, both hold the same.
 *
 * <p>{@link dev.nori.wal.model.LogModel} is the pair, {@link dev.nori.wal.model.Deeds} says what can be done to it and how often, and
 * {@link dev.nori.wal.model.LogAgainstAListTest} draws sequences of that. The deeds stand in families: {@link dev.nori.wal.model.Appending},
 * {@link dev.nori.wal.model.Reading}, {@link dev.nori.wal.model.Asking}, {@link dev.nori.wal.model.Trimming}, {@link dev.nori.wal.model.Noting},
 * {@link dev.nori.wal.model.Working}; a new call of the log joins by adding one. Readers that stay open over other deeds are
 * {@link dev.nori.wal.model.Followers}. Nothing here has a thread of its own but a replay, and the clocks stand still until a deed moves them, so a
 * sequence does the same each time.
 */
@NullMarked
package dev.nori.wal.model;

import org.jspecify.annotations.NullMarked;
