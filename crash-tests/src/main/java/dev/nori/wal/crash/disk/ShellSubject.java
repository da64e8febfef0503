package dev.nori.wal.crash.disk;

import java.nio.file.Path;
import java.util.List;

/**
 * A program under test that is given on a command line.
 *
 * <p>Both commands find the directory in {@code CRASH_DIR}; the verification finds the number in {@code CRASH_ACKED}.
 */
public final class ShellSubject implements CrashSubject {
    private final List<String> workload;
    private final String verification;
    private final ProcessBuilder.Redirect errors;

    /**
     * @param workload the program and its arguments
     * @param verification a line for the shell
     * @param errors where the workload's standard error goes
     */
    public ShellSubject(List<String> workload, String verification, ProcessBuilder.Redirect errors) {
        this.workload = List.copyOf(workload);
        this.verification = verification;
        this.errors = errors;
    }

    @Override
    public ProcessBuilder workload(Path directory) {
        return withDirectory(new ProcessBuilder(workload), directory).redirectError(errors);
    }

    @Override
    public ProcessBuilder verification(Path directory, long acknowledged) {
        ProcessBuilder command = withDirectory(new ProcessBuilder("/bin/sh", "-c", verification), directory);
        command.environment().put("CRASH_ACKED", Long.toString(acknowledged));
        return command;
    }

    private static ProcessBuilder withDirectory(ProcessBuilder command, Path directory) {
        command.environment().put("CRASH_DIR", directory.toString());
        return command;
    }
}
