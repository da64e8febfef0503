package dev.nori.wal.crash;

/**
 * A surrounding in which the promises cannot hold. A level that does not notice it sees nothing, and what it says about the
 * log is worth nothing.
 *
 * @param name a few words
 * @param breaks the promise
 * @param caughtBy the level, such as L3
 * @param broken must notice, with the unchanged library
 * @param sound the same in sound surroundings; must not
 */
public record Canary(String name, String breaks, String caughtBy, Hunt broken, Hunt sound) {}
