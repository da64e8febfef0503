package dev.nori.wal.crash;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Recovers a log and judges it without knowing what was done to it, by what the log itself must look like and by one
 * number: the last {@code ACK} before the cut. For a harness that has no more than an exit code: 0 if all is well, 1 if
 * not, and what {@link CrashWorker} says besides.
 *
 * <p>Like a worker it can go on appending after that.
 */
public final class CrashVerifier {
    /** A promise was broken; the line that begins with {@code VERDICT} says which. */
    public static final int WRONG = 1;

    private static final String OWED = "owed=";

    private CrashVerifier() {}

    /** Takes {@link #arguments}. */
    public static void main(String[] args) {
        List<String> workload =
                Arrays.stream(args).filter(arg -> !arg.startsWith(OWED)).toList();
        OptionalLong owed = Arrays.stream(args)
                .filter(arg -> arg.startsWith(OWED))
                .mapToLong(arg -> Long.parseLong(arg.substring(OWED.length())))
                .findFirst();
        Reporter reporter = new Reporter(new FileOutputStream(FileDescriptor.out));
        CrashWorker.work(Workload.parse(workload.toArray(String[]::new)), reporter, OptionalLong.of(owed.orElse(0)));
    }

    /**
     * For the command line.
     *
     * @param workload what it does once all is well
     * @param owedEnd everything that starts before this position must be there
     */
    public static List<String> arguments(Workload workload, long owedEnd) {
        List<String> arguments = new ArrayList<>(workload.arguments());
        arguments.add(OWED + owedEnd);
        return arguments;
    }
}
