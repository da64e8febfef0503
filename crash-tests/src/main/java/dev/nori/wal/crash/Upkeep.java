package dev.nori.wal.crash;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What is done to a log beside the appends. */
public enum Upkeep {
    /** A tail follows the writers and compares what it reads. */
    FOLLOW,
    /** The front is trimmed away. */
    TRUNCATE_BEFORE,
    /** The end is cut off. */
    TRUNCATE_AFTER,
    /** All records are discarded. */
    RESET,
    /** Checkpoints are noted. */
    CHECKPOINT,
    /** Metadata are kept. */
    METADATA;

    /** Nothing but appends. */
    public static final Set<Upkeep> NONE = Collections.emptySet();

    /** All of it. */
    public static final Set<Upkeep> ALL = Collections.unmodifiableSet(EnumSet.allOf(Upkeep.class));
}
