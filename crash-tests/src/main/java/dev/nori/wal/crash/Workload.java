package dev.nori.wal.crash;

import dev.nori.wal.IoMode;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a {@link CrashWorker} does: opens a log, reports all that is in it, appends, ends.
 *
 * @param log the log
 * @param firstWriter the number of its first thread; the others count up from it
 * @param threads how many append
 * @param mode with which forms of append
 * @param sizes of the values
 * @param pace whether it waits for the harness
 * @param steps for each thread; then the process ends as {@code ending} says
 * @param ending what it does after the last step
 * @param upkeep what it does to the log beside appending
 */
public record Workload(
        LogSpec log,
        int firstWriter,
        int threads,
        AppendMode mode,
        Sizes sizes,
        Pace pace,
        long steps,
        Ending ending,
        Set<Upkeep> upkeep) {
    /** How many futures a thread leaves open. */
    public static final int ASYNC_WINDOW = 64;

    /** Records in the largest batch. */
    public static final int MAX_BATCH = 8;

    /** More threads than any workload has: the distance between the first writers of two processes. */
    public static final int WRITERS_APART = 16;

    /** More steps than anybody waits for. */
    public static final long ENDLESS = Long.MAX_VALUE;

    /** Whether the worker waits for the harness. */
    public enum Pace {
        /** It does not. */
        FREE,
        /** Each step of a thread waits for a line on standard input, which one thread or another takes. */
        LOCKSTEP
    }

    /** How the process ends by itself. */
    public enum Ending {
        /** Closes the log in order. */
        CLOSE,
        /** Calls {@code sync}, reports that, and is gone without closing. */
        HALT
    }

    /** Checks what the numbers of writers rely on. */
    public Workload {
        if (threads < 0 || threads > WRITERS_APART) throw new IllegalArgumentException("threads: " + threads);
    }

    /** Endless appends in that mode. */
    public static Workload appends(LogSpec log, int firstWriter, int threads, AppendMode mode, Sizes sizes) {
        return new Workload(log, firstWriter, threads, mode, sizes, Pace.FREE, ENDLESS, Ending.CLOSE, Upkeep.NONE);
    }

    /** No appends: opens, reports, ends. */
    public static Workload inspection(LogSpec log, Ending ending) {
        return new Workload(log, 0, 0, AppendMode.SYNC, Sizes.SMALL, Pace.FREE, 0, ending, Upkeep.NONE);
    }

    /** A copy that waits for the harness after each step. */
    public Workload inLockstep() {
        return new Workload(log, firstWriter, threads, mode, sizes, Pace.LOCKSTEP, steps, ending, upkeep);
    }

    /** A copy that does that to the log beside appending. */
    public Workload with(Set<Upkeep> kinds) {
        return new Workload(log, firstWriter, threads, mode, sizes, pace, steps, ending, Set.copyOf(kinds));
    }

    /** A copy that ends by itself. */
    public Workload endingAfter(long stepsPerThread, Ending how) {
        return new Workload(log, firstWriter, threads, mode, sizes, pace, stepsPerThread, how, upkeep);
    }

    /** Records that one thread may have appended beyond the last one it has reported. */
    public int inFlight() {
        return mode == AppendMode.SYNC ? 1 : ASYNC_WINDOW + MAX_BATCH;
    }

    /** For the command line of {@link CrashWorker}. */
    public List<String> arguments() {
        return List.of(
                "directory=" + log.directory(),
                "policy=" + Policies.inWords(log.policy()),
                "io=" + log.io(),
                "segment-bytes=" + log.segmentBytes(),
                "seed=" + log.seed(),
                "first-writer=" + firstWriter,
                "threads=" + threads,
                "mode=" + mode,
                "sizes=" + sizes,
                "pace=" + pace,
                "steps=" + steps,
                "ending=" + ending,
                "upkeep=" + upkeep.stream().map(Upkeep::name).sorted().collect(Collectors.joining(",")));
    }

    /** What {@link #arguments} says. */
    public static Workload parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) throw new IllegalArgumentException("not name=value: " + argument);
            given.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        LogSpec log = new LogSpec(
                Path.of(need(given, "directory")),
                Policies.of(need(given, "policy")),
                IoMode.valueOf(need(given, "io")),
                Long.parseLong(need(given, "segment-bytes")),
                Long.parseLong(need(given, "seed")));
        return new Workload(
                log,
                Integer.parseInt(need(given, "first-writer")),
                Integer.parseInt(need(given, "threads")),
                AppendMode.valueOf(need(given, "mode")),
                Sizes.valueOf(need(given, "sizes")),
                Pace.valueOf(need(given, "pace")),
                Long.parseLong(need(given, "steps")),
                Ending.valueOf(need(given, "ending")),
                upkeep(need(given, "upkeep")));
    }

    private static Set<Upkeep> upkeep(String names) {
        Set<Upkeep> kinds = EnumSet.noneOf(Upkeep.class);
        for (String name : names.split(",", -1)) {
            if (!name.isEmpty()) kinds.add(Upkeep.valueOf(name));
        }
        return kinds;
    }

    private static String need(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) throw new IllegalArgumentException(name + "= is missing");
        return value;
    }
}
