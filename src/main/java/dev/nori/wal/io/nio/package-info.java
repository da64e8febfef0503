/**
 * The port over {@code java.nio}: works wherever Java does and needs no native access.
 *
 * <p>Any thread may call in, interrupted and virtual ones included. What this engine cannot do is listed at
 * {@link dev.nori.wal.io.nio.NioStorage}. Imports {@code io} and the value types of the public face.
 */
@NullMarked
package dev.nori.wal.io.nio;

import org.jspecify.annotations.NullMarked;
