package dev.nori.wal;

import dev.nori.wal.assembly.Assembly;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A write-ahead log: appends go to its end, in one order that every reader sees and every crash keeps.
 *
 * <p><b>Acknowledged</b> means that an append returned, or that its future completed. An acknowledged append survives
 * the end of the process ({@code kill -9} included) under every {@link FsyncPolicy}; what a power cut may take is what
 * the policy says. After any crash the log is a prefix of the order of appends: no hole, no reordering, no half batch.
 *
 * <p>Safe for any number of threads, virtual ones included. An interrupt never harms the log and never stops an append; a
 * thread that was interrupted keeps its flag.
 *
 * <p>After a failed write or sync every call that appends, syncs or waits throws {@link WalException.Failed}; what was
 * acknowledged can still be read, and positions and numbers asked for. Open the log again to recover. After {@link #close}
 * every call throws {@link WalException.Closed} but {@code close}, {@link #recovery}, {@link #ioMode} and {@link #stats},
 * which still answer.
 */
public interface Wal extends AutoCloseable {
    /** The most bytes of metadata, and of a checkpoint: 16 KiB. */
    int MAX_NOTE_BYTES = 16 << 10;

    /**
     * Opens the log in a directory, which is created (with its parents) if it is missing. Takes the log's lock, recovers
     * what an earlier process left, and makes what it found durable before it returns.
     *
     * @throws WalException.Locked if another process, or this one, has the log open
     * @throws WalException.Corrupt if data that had been durable is damaged; nothing was changed. The message says where, what is in doubt and
     *     what can be done
     * @throws WalException.Unsupported if a later version wrote the log; nothing was changed
     * @throws WalException.Full if there is no space for the log's first files. A log that has a segment opens on a full disk too, to be read and
     *     trimmed
     * @throws WalException.CannotOpen if the directory cannot be used
     */
    static Wal open(Path directory, WalConfig config) {
        return Assembly.open(directory, config);
    }

    /** {@link #verify(Path, VerifyOptions)} on all processors. */
    static VerifyReport verify(Path directory) {
        return verify(directory, VerifyOptions.defaults());
    }

    /**
     * Reads the whole log in a directory and checks all that it says: every checksum, position, number and generation, batches, compressed
     * values, headers against their neighbours, footers and their indexes against the frames, marks, the control file and the stage.
     *
     * <p>Never writes a byte, takes no lock, and works beside a process that has the log open: then it checks what is there
     * when it begins. Takes no more memory than {@link VerifyOptions} says, however long the log is.
     *
     * <p>What a crash may leave is no finding: a torn tail, a stage that was not drained. Damage is in the report, and is not thrown.
     *
     * @throws WalException.CannotOpen if the directory cannot be read or holds no log
     */
    static VerifyReport verify(Path directory, VerifyOptions options) {
        return Assembly.verify(directory, options);
    }

    /**
     * Keeps what can be proved of a log that does not open because it is damaged. Nothing else ever does that by itself.
     *
     * <p>First every file that is damaged, or will be changed, is copied whole into {@code DIR/salvage-<n>}, durably. Then each run of records
     * behind the first damage is written as a log of its own, {@code DIR/salvage-<n>/records-<number of the first>}, and a text {@code REPORT}
     * beside them. Only then is the log cut: what stays is all before the first damage, and it opens. Nothing is written back from the
     * islands; what they hold may be appended again by who knows what it means.
     *
     * <p>Takes the log's lock, reads all of the log, and needs as much space as the files from the first damaged one to the end, twice.
     * May be called again after an interruption at any moment: before the cut was noted it begins anew in a folder of its own, from then on this or the
     * next open carries it out. On a sound log it does nothing.
     *
     * @throws WalException.Unsupported if a later version wrote some of the log; nothing was changed
     * @throws WalException.Locked if another process, or this one, has the log open
     * @throws WalException.Full if there is no space for the copies; the log was not changed
     * @throws WalException.CannotOpen if there is no log, or the file system fails; the log is what it was, or the cut is noted
     * @throws IllegalArgumentException if a record has to be written anew and its codec is not there; the log was not changed
     */
    static SalvageReport salvage(Path directory) {
        return Assembly.salvage(directory);
    }

    /**
     * Says what {@link #salvage} would do, without doing any of it. Takes no lock: nobody should have the log open meanwhile.
     *
     * @throws WalException.Unsupported if a later version wrote some of the log
     * @throws WalException.CannotOpen if there is no log, or its files cannot be read
     */
    static SalvageReport planSalvage(Path directory) {
        return Assembly.planSalvage(directory);
    }

    /**
     * Looks at the log in a directory: beside the process that writes it, or after it. Takes no lock, and never changes, creates or deletes
     * anything.
     *
     * @throws WalException.Corrupt if data that had been durable is damaged
     * @throws WalException.Unsupported if a later version wrote the log
     * @throws WalException.CannotOpen if there is no log, or its files cannot be read
     */
    static WalView openReadOnly(Path directory) {
        return Assembly.openReadOnly(directory);
    }

    /**
     * Appends a record and returns the position where it starts. The memory behind the record is the caller's again
     * on return.
     *
     * @throws WalException.TooLarge if it does not fit into a segment; nothing was appended
     * @throws WalException.Full if there is no space; nothing was appended
     * @throws WalException.Failed if a write or sync failed, now or before. If it failed now, the record may or may not
     *     be in the log after the next open
     * @throws IllegalArgumentException if the record asks for a codec that is not there; nothing was appended
     */
    default Position append(WalRecord record) {
        return append(record, Durability.POLICY);
    }

    /** Like {@link #append(WalRecord)}; with {@link Durability#DURABLE} the record is durable on return under any policy. */
    Position append(WalRecord record, Durability durability);

    /**
     * A way to append that makes no garbage, for the calling thread alone. Make one for each thread and keep it.
     *
     * @throws WalException.Closed after the log was closed
     */
    WalAppender appender();

    /** {@link #appendAsync(WalRecord, Durability)} as the policy says. */
    default CompletableFuture<Position> appendAsync(WalRecord record) {
        return appendAsync(record, Durability.POLICY);
    }

    /**
     * Appends a record; the future completes when it is acknowledged. On return the record has its place in the order
     * and its memory is the caller's again. Futures complete in the order of the appends, on a thread of the log's own
     * on which a callback may block: that delays later completions but never the log. Cancelling a future does not undo
     * the append. Throws like {@link #append(WalRecord)} what is known at once; what fails later completes the future
     * with {@link WalException.Failed}.
     */
    CompletableFuture<Position> appendAsync(WalRecord record, Durability durability);

    /**
     * Appends records as one: after a crash either all of them are there or none.
     *
     * @return the position of each record, in order
     * @throws IllegalArgumentException if there are none
     * @throws WalException.TooLarge if together they do not fit into a segment; nothing was appended
     */
    default List<Position> appendBatch(List<WalRecord> records) {
        return appendBatch(records, Durability.POLICY);
    }

    /** Like {@link #appendBatch(List)}, with a durability of its own. */
    List<Position> appendBatch(List<WalRecord> records, Durability durability);

    /** Hands everything acknowledged before the call to the operating system's files. Promises nothing about power cuts. */
    void flush();

    /** On return everything acknowledged before the call is durable. */
    void sync();

    /** Where the next record will start, or a little before. */
    Position endPosition();

    /** Everything before this position is durable. Moves back only where {@link #truncateAfter} cuts off the end. */
    Position durablePosition();

    /**
     * Waits until the record at {@code position} and everything before it is durable, whatever the policy.
     *
     * @param position a record's position, or {@link #endPosition}
     * @throws IllegalArgumentException if it lies beyond the end of the log
     */
    void awaitDurable(Position position);

    // ---- reading on

    /** {@link #readFrom(Position, ReadBound)} up to what was acknowledged. */
    default WalReader readFrom(Position from) {
        return readFrom(from, ReadBound.ACKNOWLEDGED);
    }

    /**
     * A reader that starts at a position: {@link Position#START}, an entry's {@link LogEntry#position} or
     * {@link LogEntry#next}, or {@link #endPosition}.
     *
     * @throws IllegalArgumentException if the position lies inside a record or beyond the end
     * @throws WalException.Truncated if the log no longer holds it; says where it begins
     * @throws WalException.Corrupt if damage stands between the position and the last place before it that is indexed
     * @throws WalException.CannotRead if the file system does not give what is needed to get there
     */
    WalReader readFrom(Position from, ReadBound bound);

    /** {@link #cursor(Position, ReadBound)} up to what was acknowledged. */
    default WalCursor cursor(Position from) {
        return cursor(from, ReadBound.ACKNOWLEDGED);
    }

    /** The fast form of {@link #readFrom(Position, ReadBound)}: shows each record where it stands. Throws the same. */
    WalCursor cursor(Position from, ReadBound bound);

    /** {@link #tail(Position, ReadBound)} up to what was acknowledged. */
    default WalTail tail(Position from) {
        return tail(from, ReadBound.ACKNOWLEDGED);
    }

    /** The form of {@link #readFrom(Position, ReadBound)} that waits for what comes. Throws the same. */
    WalTail tail(Position from, ReadBound bound);

    // ---- finding

    /**
     * The record with that number. Costs two or three reads, wherever it is.
     *
     * @throws IllegalArgumentException if it is not there yet
     * @throws WalException.Truncated if it was trimmed away
     * @throws WalException.Corrupt if it is damaged
     * @throws WalException.CannotRead if the file system does not give it
     */
    LogEntry read(long sequence);

    /** The number of the first record that is left; in a log without records, that of the first one to come. */
    long firstSequence();

    /**
     * The number that the next record gets. Everything below was acknowledged, but for appends that are under way. In a log that holds no
     * record the same as {@link #firstSequence}.
     */
    long nextSequence();

    /** {@link #nextSequence} - 1: the number of the last record. In a log that holds no record, {@link #firstSequence} - 1. */
    default long lastSequence() {
        return nextSequence() - 1;
    }

    /**
     * Where the record with that number starts; for the number after the last one, where reading it will begin. Throws like
     * {@link #read}.
     */
    Position positionOf(long sequence);

    /**
     * Where the first record starts that was appended at a time or later; if there is none yet, where reading it will begin. Times are
     * those of {@link LogEntry#appendedAt}: whole milliseconds that never go back, even when the clock does. A time before that
     * of the first record that is left finds that one.
     *
     * @throws WalException.Corrupt if damage is in the way
     * @throws WalException.CannotRead if the file system does not give what is needed
     */
    Position positionAt(Instant time);

    // ---- segments

    /**
     * The segments, oldest first; there is at least one. The first call after opening reads a block of each file.
     *
     * @throws WalException.CannotRead if the file system does not give it
     */
    List<SegmentInfo> segments();

    /**
     * A reader of one segment, as much of it as is there now.
     *
     * @param id as {@link SegmentInfo#id}
     * @throws IllegalArgumentException if there is no such segment yet
     * @throws WalException.Truncated if it was trimmed away
     */
    WalReader readSegment(long id);

    // ---- all of it

    /** {@link #replay(Position, int, Consumer)} from the first record that is left. */
    void replay(int parallelism, Consumer<? super EntryView> consumer);

    /**
     * Shows every record from a position to the end as it is now, several segments at once: the records of each segment in their
     * order and in one thread, the consumer called by several threads at a time. A view is good until the consumer returns.
     *
     * <p>Returns when all is shown and its threads have ended. What the consumer throws ends the replay and is thrown by it. An
     * interrupt does not end it. Takes for each thread 256 KiB, or the largest record it meets, however long the log is.
     *
     * <p>What it shows is fixed at the call. While it runs, nobody trims any of that away; if {@link #truncateAfter} or {@link #reset} cut some of
     * it away, no more is shown. What is appended, or cut, behind its end does not concern it.
     *
     * @param parallelism how many threads, the calling one among them; at least 1
     * @throws IllegalArgumentException if {@code parallelism} is less than 1; and like {@link #readFrom(Position)}
     * @throws WalException.Truncated if the log begins after the position, or if some of what is to be shown is cut away meanwhile; says where
     *     reading goes on
     */
    void replay(Position from, int parallelism, Consumer<? super EntryView> consumer);

    /** {@link #replayInOrder(Position, int, Consumer)} from the first record that is left. */
    void replayInOrder(int parallelism, Consumer<? super LogEntry> consumer);

    /**
     * Hands over every record from a position to the end as it is now, in the order of the log and in the calling thread, while other
     * threads read, check and decompress ahead.
     *
     * <p>Begins, ends and throws like {@link #replay(Position, int, Consumer)}. Each thread reads at most two chunks of 512 KiB ahead and holds up to 24
     * pieces of 64 KiB, or of one record where that is larger, as entries: about 3 MiB for each thread if records are small.
     *
     * @param parallelism how many threads read; with 1 it is the calling one
     * @throws IllegalArgumentException if {@code parallelism} is less than 1; and like {@link #readFrom(Position)}
     */
    void replayInOrder(Position from, int parallelism, Consumer<? super LogEntry> consumer);

    // ---- about the log

    /**
     * Where the log begins: everything before was trimmed away or discarded. {@link Position#START} if nothing ever was. Moves with
     * {@link #truncateBefore}, {@link #reset} and {@link Retention}, never back.
     */
    Position firstPosition();

    /**
     * Takes away the front of the log, in whole segments: those that end at or before {@code position}, oldest first. On return they
     * are gone for good, a power cut brings none of them back; a crash during the call leaves the old front or the new one. Never
     * takes what is not durable, nor the segment that is being filled, nor one that somebody reads, nor one behind that: an open reader
     * keeps its segment and all later ones. Positions and sequence numbers of the rest stay what they are. Needs no space.
     *
     * <p>Does not look at {@link #lastCheckpoint}: a log may be trimmed beyond it, and then begins behind it. Waits for the
     * background to seal what it takes.
     *
     * @param position any place in the log; it need not be that of a record
     * @return where the log begins now, at most {@code position}: how far it came
     * @throws IllegalArgumentException if it lies beyond the end of the log; nothing was taken
     * @throws WalException.Failed if a write, a sync or a deletion failed, now or before; the next open finds the old front or the new one
     */
    Position truncateBefore(Position position);

    /**
     * Cuts off the end of the log: every record at or after {@code position} is gone for good when this returns, acknowledged or not, and
     * no crash brings one back. The next record stands at {@code position} or a little after it, and gets the sequence number of the first one
     * that was cut. A crash during the call leaves all of it or none. What is left is durable on return.
     *
     * <p>Appends that come meanwhile wait and then go behind the cut; those that were acknowledged before are cut if they lie
     * beyond. Readers before the cut go on; readers beyond it get {@link WalException.Truncated}, also when the log has grown past
     * them again. A checkpoint beyond the cut is dropped with it. Takes about as long as closing and opening the log.
     *
     * @param position of a record, the end of one, or {@link #endPosition}, which cuts nothing
     * @throws IllegalArgumentException if no record starts or ends there, or if it is within a batch; nothing was cut
     * @throws WalException.Truncated if the log begins after it; nothing was cut
     * @throws WalException.Failed if the cut failed halfway; the next open carries it out if it had become durable
     */
    void truncateAfter(Position position);

    /**
     * Discards every record; the next one gets {@code sequence}, which may be lower or higher than before. For a follower that installs a snapshot.
     * Positions go on growing and are never used twice. Durable on return, and atomic: a crash during the call leaves all records or none.
     * The checkpoint goes with the records, the metadata stay. Every open reader gets {@link WalException.Truncated}; appends
     * that come meanwhile wait.
     *
     * @param sequence at least 0
     * @throws WalException.Full if no segment is prepared and there is no space for one; nothing was discarded, and appends go on.
     *     {@link #truncateBefore} gives space
     * @throws WalException.Failed if it failed halfway; the next open finds all records or none
     */
    void reset(long sequence);

    /**
     * Notes durably that everything below a position is applied, with some bytes of the caller's; replaces the one before. What lies below
     * the position is durable before the checkpoint is: it never runs ahead of the log. Found again in {@link #lastCheckpoint} and
     * {@link RecoveryReport#lastCheckpoint}.
     *
     * <p>Who copies the files of a log that is open copies the control file, where this stands, before the segments: a log that ends before its
     * checkpoint has lost something, and is refused.
     *
     * @param position of a record, or the end of one. For the first record of a batch the batch's start is noted, where reading goes on with
     *     the same record
     * @param data up to {@value #MAX_NOTE_BYTES} bytes; copied
     * @throws IllegalArgumentException if no record starts or ends there, or the data are too long; the old one stays
     * @throws WalException.Truncated if the log begins after it; the old one stays
     * @throws WalException.Failed if a write or sync failed, now or before; the next open finds the old one or the new one
     */
    void checkpoint(Position position, MemorySegment data);

    /** The last {@link #checkpoint}; empty if there is none, or if the end of the log was cut below it. */
    Optional<Checkpoint> lastCheckpoint();

    /** What {@link #setMetadata} kept last, read-only and valid for ever; empty memory if nothing was. */
    MemorySegment metadata();

    /**
     * Keeps some bytes beside the records (a term and a vote, the offsets of consumers), in place of those before. Durable on return; after a
     * crash during the call the old ones or the new ones are found, whole. Costs two syncs.
     *
     * @param bytes up to {@value #MAX_NOTE_BYTES}; copied
     * @throws IllegalArgumentException if they are too long; the old ones stay
     * @throws WalException.Failed if a write or sync failed, now or before; the next open finds the old ones or the new ones
     */
    void setMetadata(MemorySegment bytes);

    /** What opening found. */
    RecoveryReport recovery();

    /** The engine in use; never {@link IoMode#AUTO}. */
    IoMode ioMode();

    /** Numbers about this log since it was opened. */
    WalStats stats();

    /**
     * Makes everything durable, marks the log as closed in order, and gives everything back. Waiting callers return or get
     * {@link WalException.Closed}. Idempotent; a second call waits for the first, except in a callback of a future, for
     * which the first waits.
     *
     * @throws WalException.Failed if the last sync failed; everything was given back nevertheless
     */
    @Override
    void close();
}
