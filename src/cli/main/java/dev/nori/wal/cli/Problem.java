package dev.nori.wal.cli;

import dev.nori.wal.WalException;
import java.util.Objects;

/** The end of a command: one sentence for the person, one number for the script. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int exitCode;
    private final String sentence;

    private Problem(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
        this.sentence = sentence;
    }

    /** The log could not be opened. */
    static Problem cannotOpen(String sentence) {
        return new Problem(ExitCode.CANNOT_OPEN, sentence);
    }

    /** The log could not be opened; damage is a finding, everything else is in the way. */
    static Problem cannotOpen(WalException failure) {
        int exitCode = failure instanceof WalException.Corrupt ? ExitCode.FINDINGS : ExitCode.CANNOT_OPEN;
        return new Problem(exitCode, text(failure));
    }

    /** The command had begun and cannot go on. */
    static Problem midway(String sentence) {
        return new Problem(ExitCode.FINDINGS, sentence);
    }

    /** What an exception says, or what it is if it says nothing. */
    static String text(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
    }

    int exitCode() {
        return exitCode;
    }

    String sentence() {
        return sentence;
    }
}
