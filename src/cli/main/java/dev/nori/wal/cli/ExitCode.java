package dev.nori.wal.cli;

/** What a script learns from the exit code. A signal's exit code (130, 143) is the JVM's own. */
final class ExitCode {
    /** Everything was done. */
    static final int FINE = 0;

    /** Something was found that must be looked at: damage, or an append that could not go on. */
    static final int FINDINGS = 1;

    /** The command was not understood. */
    static final int USAGE = 2;

    /** The log cannot be opened: it is missing, locked, forbidden, from a later version, or the disk is full. */
    static final int CANNOT_OPEN = 3;

    private ExitCode() {}
}
