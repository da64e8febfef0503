/**
 * Each call of the public face as a program would make it: short, and run as a test. What docs/api.md shows stands here; {@link
 * dev.nori.wal.examples.ApiDocumentTest} compares the two.
 */
@NullMarked
package dev.nori.wal.examples;

import org.jspecify.annotations.NullMarked;
