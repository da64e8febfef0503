package dev.nori.wal.crash.sim;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.damage.SalvageCuts;
import dev.nori.wal.damage.SalvageExplorer;
import dev.nori.wal.explore.DamageExplorer;
import dev.nori.wal.explore.Explorer;
import dev.nori.wal.explore.FaultExplorer;
import dev.nori.wal.explore.FullDiskExplorer;
import dev.nori.wal.explore.LateBeginningExplorer;
import dev.nori.wal.explore.LossExplorer;
import dev.nori.wal.explore.Script;
import dev.nori.wal.explore.Step;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.Fault;
import dev.nori.wal.io.sim.SimOptions;
import dev.nori.wal.io.sim.SimOptions.InFlight;
import dev.nori.wal.io.sim.SimOptions.Mappings;
import dev.nori.wal.io.sim.SimOptions.Versions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What shows a mutant soonest. Each is run once with the change, in classes of its own, and once without it, and must then
 * find nothing. The seed picks states where there are too many to take them all.
 */
public enum SimulationHunt {
    /** Every record ends somewhere else in its sector; under every policy. */
    A_FEW_APPENDS {
        @Override
        Stream<String> findings(long seed) {
            return explored(
                    seed,
                    64,
                    BUFFERED,
                    new Step.Append(100),
                    new Step.Tick(LONG),
                    new Step.Batch(3, 400),
                    new Step.AppendDurably(50),
                    new Step.AppendAsync(700),
                    new Step.Flush(),
                    new Step.Append(10),
                    new Step.AppendDurably(20),
                    new Step.Sync());
        }
    },
    /** The ring and several segments are filled, frames pass through the ring in pieces. */
    ROLLS {
        @Override
        Stream<String> findings(long seed) {
            return Stream.of(BUFFERED, DIRECT)
                    .flatMap(disk -> explored(
                            seed,
                            16,
                            disk,
                            new Step.Append(9000),
                            new Step.AppendAsync(9000),
                            new Step.AppendAsync(9000),
                            new Step.AppendAsync(9000),
                            new Step.AppendAsync(100),
                            new Step.Sync(),
                            new Step.Batch(4, 3000),
                            new Step.Append(3000),
                            new Step.Tick(LONG),
                            new Step.Append(9000)));
        }
    },
    /** Segments are filled and sealed, and nobody asks for a sync. */
    ROLLS_WITHOUT_A_SYNC {
        @Override
        Stream<String> findings(long seed) {
            Script script = Script.of(FsyncPolicy.os(), repeated(5, new Step.Append(9000), new Step.Settle()));
            return new Explorer(16, 0).explore(script, BUFFERED, seed).findings().stream();
        }
    },
    /** The log is killed and closed in between; some states are crashed during and after their recovery. */
    SEVERAL_OPENS {
        @Override
        Stream<String> findings(long seed) {
            return explored(
                    seed,
                    32,
                    BUFFERED,
                    new Step.Append(300),
                    new Step.AppendAsync(600),
                    new Step.KillAndReopen(),
                    new Step.Append(500),
                    new Step.Reopen(),
                    new Step.AppendAsync(5000),
                    new Step.KillAndReopen(),
                    new Step.Append(50));
        }
    },
    /** A record is appended while a sync is under way that cannot cover it. */
    WITHIN_A_SYNC {
        @Override
        Stream<String> findings(long seed) {
            return explored(
                    seed,
                    32,
                    BUFFERED,
                    new Step.AppendAsync(100),
                    new Step.AppendWithinASync(700),
                    new Step.AppendAsync(10),
                    new Step.Sync());
        }
    },
    /** A record ends where a block does, and is in the page cache when the sync comes. */
    AT_THE_END_OF_A_BLOCK {
        @Override
        Stream<String> findings(long seed) {
            return IntStream.rangeClosed(0, 4)
                    .mapToObj(i -> new Step.AppendAsync(ABOUT_A_BLOCK + i * 8)) // frames end at multiples of 8
                    .flatMap(step -> explored(seed, 8, BUFFERED, step, new Step.Flush(), new Step.Sync()));
        }
    },
    /**
     * Frames of one size, cut off by a power cut in every way, then written over by others that end where they began. What is written leaves
     * nothing of the block in which it ends, so it is the blocks behind the first that can be half old: the new frames reach into the second
     * one, past a place where a frame ends with a sector, and are not synced.
     */
    LEFT_BEHIND {
        @Override
        Stream<String> findings(long seed) {
            // The first open of all comes before the control file: no later one can take its generation again.
            Script first = Script.of(
                    FsyncPolicy.os(),
                    inOrder(
                            repeated(1, new Step.Reopen(), new Step.Flush()),
                            repeated(60, new Step.AppendAsync(AS_LONG_AS_A_MARK), new Step.Sync()),
                            repeated(190, new Step.AppendAsync(AS_LONG_AS_A_MARK), new Step.Flush())));
            Script second = Script.of(
                    FsyncPolicy.os(),
                    inOrder(
                            repeated(70, new Step.AppendAsync(AS_LONG_AS_A_MARK), new Step.Flush()),
                            repeated(20, new Step.AppendAsync(AS_LONG_AS_A_MARK), new Step.Flush())));
            return new Explorer(8, 0).exploreTwice(first, 32, second, NEWEST, seed).findings().stream();
        }
    },
    /** Frames of one size go around the ring, whose pages reach the disk in any order. */
    AROUND_THE_RING {
        @Override
        Stream<String> findings(long seed) {
            Script script =
                    Script.of(FsyncPolicy.os(), repeated(24, new Step.Append(AN_EIGHTH_OF_THE_RING), new Step.Flush()));
            return new Explorer(64, 0).explore(script, BUFFERED, seed).findings().stream();
        }
    },
    /** The front is trimmed away, its files are used again. */
    A_TRIMMED_FRONT {
        @Override
        Stream<String> findings(long seed) {
            Step[] steps = inOrder(
                    repeated(9, new Step.AppendAsync(9000), new Step.Sync()),
                    repeated(1, new Step.TruncateBeforeUnderAReader(0), new Step.TruncateBefore(0)),
                    repeated(9, new Step.AppendAsync(9000), new Step.Append(100)));
            return explored(seed, 8, BUFFERED, steps);
        }
    },
    /** The end is cut off within a segment; smaller records take the place of what was there. */
    A_CUT_END {
        @Override
        Stream<String> findings(long seed) {
            return Stream.of(BUFFERED, GARBAGE)
                    .flatMap(disk -> explored(
                            seed,
                            16,
                            disk,
                            new Step.Append(100),
                            new Step.Append(5000),
                            new Step.Append(300),
                            new Step.Checkpoint(0, 20),
                            new Step.TruncateAfter(2),
                            new Step.KillAndReopen(),
                            new Step.AppendAsync(50),
                            new Step.Sync()));
        }
    },
    /** Many records are cut off, one or two of which end in each sector: where some of them are wiped, those in front of them are whole. */
    A_CUT_OF_MANY {
        @Override
        Stream<String> findings(long seed) {
            Step[] steps = inOrder(
                    repeated(9, new Step.AppendAsync(400), new Step.Sync()),
                    repeated(1, new Step.TruncateAfter(7), new Step.Append(50)));
            return explored(seed, 8, BUFFERED, steps);
        }
    },
    /** The end is cut off over a segment; records of the same size take the place of what was there. */
    A_CUT_SEGMENT {
        @Override
        Stream<String> findings(long seed) {
            return explored(
                    seed,
                    8,
                    BUFFERED,
                    new Step.Append(9000),
                    new Step.Append(9000),
                    new Step.Append(9000),
                    new Step.Append(9000),
                    new Step.Append(9000),
                    new Step.Append(9000),
                    new Step.Append(9000),
                    new Step.TruncateAfter(5),
                    new Step.Append(9000),
                    new Step.Append(9000),
                    new Step.Append(9000));
        }
    },
    /** All is discarded, and numbers are left out. */
    A_RESET {
        @Override
        Stream<String> findings(long seed) {
            return explored(
                    seed,
                    16,
                    BUFFERED,
                    new Step.Append(300),
                    new Step.Append(100),
                    new Step.Checkpoint(0, 20),
                    new Step.Reset(),
                    new Step.Append(50),
                    new Step.KillAndReopen(),
                    new Step.Append(20));
        }
    },
    /** Metadata and checkpoints take the place of others, longer than a sector and shorter. */
    NOTES {
        @Override
        Stream<String> findings(long seed) {
            return explored(
                    seed,
                    32,
                    BUFFERED,
                    new Step.AppendAsync(100),
                    new Step.ReopenOfSegments(),
                    new Step.SetMetadata(10),
                    new Step.AppendAsync(100),
                    new Step.SetMetadata(5000),
                    new Step.Checkpoint(0, 700),
                    new Step.AppendAsync(100),
                    new Step.Checkpoint(0, 20),
                    new Step.SetMetadata(3000),
                    new Step.KillAndReopen(),
                    new Step.SetMetadata(0));
        }
    },
    /** An open makes the control file and is killed at each moment; what the next open finds, and what is noted then, survives. */
    NOTES_FOUND {
        @Override
        Stream<String> findings(long seed) {
            Script makes = Script.of(FsyncPolicy.os(), new Step.Append(10), new Step.ReopenOfSegments());
            Script finds = Script.of(FsyncPolicy.os(), new Step.SetMetadata(10));
            return new Explorer(16, 0).exploreAfterEachKill(makes, finds, BUFFERED, seed).findings().stream();
        }
    },
    /** Every write and every sync fails once; what was told survives. */
    FAULTS {
        @Override
        Stream<String> findings(long seed) {
            return Stream.of(
                            Fault.eio(Call.WRITE),
                            Fault.eio(Call.SYNC),
                            Fault.eio(Call.WRITE_DURABLY).afterWriting(1 << 30))
                    .flatMap(fault -> POLICIES.stream().flatMap(policy -> {
                        FaultExplorer explorer = new FaultExplorer(2);
                        explorer.explore(WITH_FAULTS.under(policy), BUFFERED, fault, seed);
                        if (explorer.findings().isEmpty()) {
                            explorer.exploreRecovery(WITH_FAULTS.under(policy), BUFFERED, fault, seed);
                        }
                        return explorer.findings().stream();
                    }));
        }
    },
    /** A byte of a durable log is spoiled, one place after the other. */
    DAMAGE {
        @Override
        Stream<String> findings(long seed) {
            Script script = Script.of(
                    FsyncPolicy.always(),
                    new Step.Append(300),
                    new Step.Append(9000),
                    new Step.Batch(3, 5000),
                    new Step.Append(9000),
                    new Step.Append(20),
                    new Step.Append(400));
            return new DamageExplorer().explore(script, BUFFERED).findings().stream();
        }
    },
    /** Segments and records that had been durable are taken away, and nothing stands where they were. */
    LOSS {
        @Override
        Stream<String> findings(long seed) {
            Script script = Script.of(
                    FsyncPolicy.always(),
                    Stream.of(
                                    repeated(7, new Step.Append(9000), new Step.Append(300)),
                                    repeated(1, new Step.Checkpoint(0, 20), new Step.Append(400)))
                            .flatMap(Stream::of)
                            .toArray(Step[]::new));
            Script cut = Script.of(
                    FsyncPolicy.always(),
                    new Step.Append(300),
                    new Step.Append(20),
                    new Step.Append(400),
                    new Step.TruncateAfter(1));
            return new LossExplorer().explore(script, BUFFERED).exploreCut(cut, BUFFERED).findings().stream();
        }
    },
    /** A log is opened on a full disk, where its generation can begin only with an append that comes later. */
    A_LATE_BEGINNING {
        @Override
        Stream<String> findings(long seed) {
            return new LateBeginningExplorer(16).explore(Script.of(FsyncPolicy.os()), NEWEST, seed).findings().stream();
        }
    },
    /** The disk is filled to its last byte between any two appends; segments own their space in steps. */
    A_FULL_DISK {
        @Override
        Stream<String> findings(long seed) {
            List<Step> steps = Collections.nCopies(4, new Step.Append(900_000)); // hardly two in a segment
            Script script = new Script(FsyncPolicy.always(), false, 16 << 10, (2 << 20) + (256 << 10), steps);
            return new FullDiskExplorer()
                    .explore(script, BUFFERED.withCapacityBytes(24 << 20), seed).findings().stream();
        }
    },
    /** A damaged log is salvaged; salvage is killed before each of its changes, and the power cut at each of its moments. */
    SALVAGE {
        @Override
        Stream<String> findings(long seed) {
            try {
                List<String> lost = new SalvageExplorer().explore();
                return (lost.isEmpty() ? new SalvageCuts(seed).explore() : lost).stream();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private static final Duration LONG = Duration.ofMillis(20);
    private static final int ABOUT_A_BLOCK = 3981; // less two marks, a header and a key
    private static final int AS_LONG_AS_A_MARK = 16;
    private static final int AN_EIGHTH_OF_THE_RING = 2026;
    private static final int SECOND_CRASH_EVERY = 8;

    private static final SimOptions BUFFERED = SimOptions.defaults().withMappings(Mappings.OF_ONE_THREAD);
    private static final SimOptions DIRECT = BUFFERED.withMode(IoMode.DIRECT);
    private static final SimOptions GARBAGE = BUFFERED.withInFlight(InFlight.GARBAGE_IN_CHANGED_BYTES);
    private static final SimOptions NEWEST = BUFFERED.withVersions(Versions.NEWEST);

    private static final List<FsyncPolicy> POLICIES =
            List.of(FsyncPolicy.always(), FsyncPolicy.batch(Duration.ofMillis(5)), FsyncPolicy.os());

    private static final Script WITH_FAULTS = Script.of(
            FsyncPolicy.always(),
            new Step.Append(9000),
            new Step.Flush(),
            new Step.Tick(LONG),
            new Step.AppendAsync(9000),
            new Step.AppendDurably(50),
            new Step.Append(9000),
            new Step.Flush(),
            new Step.Sync(),
            new Step.Append(10));

    /** Everything that is wrong, found as it is asked for. */
    abstract Stream<String> findings(long seed);

    /** The first thing that is wrong; empty if nothing is. */
    Optional<String> run(long seed) {
        return findings(seed).findFirst();
    }

    /** The same for who has these classes from a loader of their own, and shares only those of the JDK. */
    public static Optional<String> run(String name, long seed) {
        return valueOf(name).run(seed);
    }

    private static Stream<String> explored(long seed, long states, SimOptions disk, Step... steps) {
        return POLICIES.stream()
                .flatMap(policy -> new Explorer(states, SECOND_CRASH_EVERY)
                        .explore(Script.of(policy, steps), disk, seed).findings().stream());
    }

    private static Step[] repeated(int times, Step step, Step last) {
        return Stream.concat(Collections.nCopies(times, step).stream(), Stream.of(last))
                .toArray(Step[]::new);
    }

    private static Step[] inOrder(Step[]... parts) {
        return Stream.of(parts).flatMap(Stream::of).toArray(Step[]::new);
    }
}
