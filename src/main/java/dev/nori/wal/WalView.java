package dev.nori.wal;

import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A log that is only looked at: {@link Wal#openReadOnly}. Takes no lock and never changes a byte of the directory, so that it works beside the
 * process that writes the log, on a read-only file system, and without permission to write.
 *
 * <p>Shows the log as a crash of its writer at that moment would have left it: a prefix of the order of appends. What a process had
 * accepted and not yet written to a segment is read from its stage. That may be more than what the writer's policy has acknowledged. More is
 * seen after {@link #refresh}.
 *
 * <p>What is shown stays what it is, unless the writer trims or cuts it away meanwhile: a reader that meets such a place gets
 * {@link WalException.Truncated}. For any number of threads.
 */
public interface WalView extends AutoCloseable {
    /**
     * A reader from a position to the end as it was when this was last refreshed.
     *
     * @throws IllegalArgumentException if no record starts or ends there
     * @throws WalException.Truncated if the log begins after it
     */
    WalReader readFrom(Position from);

    /** The record with that number. Throws like {@link Wal#read}. */
    LogEntry read(long sequence);

    /** Where the record with that number starts. Throws like {@link Wal#positionOf}. */
    Position positionOf(long sequence);

    /** Where the first record starts that was appended at a time or later. Throws like {@link Wal#positionAt}. */
    Position positionAt(Instant time);

    /** The number of the first record that is left. */
    long firstSequence();

    /** The number of the first record that is not seen. */
    long nextSequence();

    /** Where the log begins. */
    Position firstPosition();

    /** Where what is seen of it ends. */
    Position endPosition();

    /** The segments, oldest first. */
    List<SegmentInfo> segments();

    /** A reader of one segment. Throws like {@link Wal#readSegment}. */
    WalReader readSegment(long id);

    /** The last checkpoint. */
    Optional<Checkpoint> lastCheckpoint();

    /** The metadata. */
    MemorySegment metadata();

    /** What looking at it found: the verdict, and the numbers an open would report. Nothing of it was carried out. */
    RecoveryReport recovery();

    /**
     * Looks again. Readers that are open go on with what they had.
     *
     * @return whether the log ends or begins elsewhere now
     * @throws WalException.Corrupt if it is damaged; this view stays what it was
     */
    boolean refresh();

    /** Gives everything back; readers end with {@link WalException.Closed}. Idempotent. */
    @Override
    void close();
}
