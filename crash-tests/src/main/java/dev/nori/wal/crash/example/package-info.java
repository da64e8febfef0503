/**
 * A small key-value store on the log, and the proof of its promises: what an embedder writes to prove a state machine of his own.
 *
 * <p>{@link dev.nori.wal.crash.example.KeyValueStore} is the program, {@link dev.nori.wal.crash.example.StoreWorkload} lets it work and
 * acknowledge, {@link dev.nori.wal.crash.example.StoreCheck} judges what a crash left, and {@link dev.nori.wal.crash.example.StoreSubject}
 * hands both to the harness. {@link dev.nori.wal.crash.example.Manner} has the store's honest form and two that break its promise, which
 * the harness must notice. {@code docs/crash-testing.md} walks through it; {@code make crash-example} runs it.
 */
@NullMarked
package dev.nori.wal.crash.example;

import org.jspecify.annotations.NullMarked;
