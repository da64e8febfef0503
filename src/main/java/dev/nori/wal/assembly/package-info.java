/**
 * Builds a running log out of the rooms and takes it down in reverse; decides nothing else.
 *
 * <p>The opener and the closer are the only ones inside. May import every room.
 */
@NullMarked
package dev.nori.wal.assembly;

import org.jspecify.annotations.NullMarked;
