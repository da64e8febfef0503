/**
 * Reads a whole log and says what in it is other than it was written. Distrusts everything, as recovery does, and mends nothing: it opens
 * files for reading only, and may run beside the process that writes them.
 *
 * <p>{@link dev.nori.wal.verify.Verification} tells the whole story. Run by the caller's thread and those it takes on.
 */
@NullMarked
package dev.nori.wal.verify;

import org.jspecify.annotations.NullMarked;
