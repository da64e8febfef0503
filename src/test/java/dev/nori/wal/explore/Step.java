package dev.nori.wal.explore;

import java.time.Duration;

/** One operation of a script. */
public sealed interface Step {
    /** Appends a record with a value of that size. */
    record Append(int bytes) implements Step {}

    /** Appends a record and waits until it is durable, whatever the policy. */
    record AppendDurably(int bytes) implements Step {}

    /** Appends a record and does not wait. */
    record AppendAsync(int bytes) implements Step {}

    /** Makes everything durable, and appends a record while that is under way. */
    record AppendWithinASync(int bytes) implements Step {}

    /** Appends records as one. */
    record Batch(int records, int bytes) implements Step {}

    /** Makes everything durable. */
    record Sync() implements Step {}

    /** Hands everything to the files. */
    record Flush() implements Step {}

    /** Lets time pass, and the workers do what is due. */
    record Tick(Duration time) implements Step {}

    /** Lets the workers do what is due. */
    record Settle() implements Step {}

    /** Closes the log and opens it again. */
    record Reopen() implements Step {}

    /** Trims the front away, but for at least so many records. */
    record TruncateBefore(int keep) implements Step {}

    /** The same while somebody who has read the first record reads on. */
    record TruncateBeforeUnderAReader(int keep) implements Step {}

    /** Cuts so many records off the end, or a few more if that is within a batch. */
    record TruncateAfter(int records) implements Step {}

    /** Discards all records and leaves a few numbers out. */
    record Reset() implements Step {}

    /** Notes a checkpoint so many records before the end. */
    record Checkpoint(int before, int bytes) implements Step {}

    /** Keeps so many bytes of metadata. */
    record SetMetadata(int bytes) implements Step {}

    /** Closes the log and opens it where there are only its segments, as in a copy of them. Nothing must have been noted. */
    record ReopenOfSegments() implements Step {}

    /** Kills the process and opens the log again. */
    record KillAndReopen() implements Step {}
}
