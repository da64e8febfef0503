/**
 * Segment files: their names and headers, which of them there are, the next one prepared ahead, the full one sealed, the trimmed one
 * used again; and the control file, which says where they begin.
 *
 * <p>The {@link dev.nori.wal.segment.SegmentCatalog} and the {@link dev.nori.wal.segment.IndexBuilder} may be asked by any
 * thread. Nothing here starts a thread or waits for one.
 */
@NullMarked
package dev.nori.wal.segment;

import org.jspecify.annotations.NullMarked;
