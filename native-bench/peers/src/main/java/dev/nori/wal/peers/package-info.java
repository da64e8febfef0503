/** Other people's logs doing the same work, each checked: what it appended is read back, and its flushes are counted. */
@NullMarked
package dev.nori.wal.peers;

import org.jspecify.annotations.NullMarked;
