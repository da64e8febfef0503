/**
 * Compression of values, with libraries that need not be there: {@link dev.nori.wal.codec.Codecs} is the door.
 *
 * <p>Callers compress before they ask for a place in the log, so nothing here is on the path that appends share; any
 * thread may come in. The classes of LZ4 and Zstandard are loaded by the first call that needs them. Imports {@code
 * frame}, for records as they are stored, and the values of the public face.
 */
@NullMarked
package dev.nori.wal.codec;

import org.jspecify.annotations.NullMarked;
