package dev.nori.wal.crash;

/** A mutant and what shows it soonest. */
public record Hunted(Mutant mutant, Hunt hunt) {}
