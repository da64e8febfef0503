package dev.nori.wal.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.explore.SteppedCrew;
import dev.nori.wal.log.Policy;
import dev.nori.wal.log.Records;
import dev.nori.wal.log.Setting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A log, and the list that says what it must hold. */
final class LogModel {
    static final int SEGMENT_BYTES = 96 << 10; // smaller than a configuration allows, so that a sequence sees many
    private static final int STAGE_BYTES = 32 << 10;
    private static final int MOST_GONE = 20;
    private static final long FIRST_MILLIS = 1_700_000_000_000L;
    private static final long LOG_ID = 0x0123_4567_89AB_CDEFL;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** An append whose future was not looked at yet. */
    private record Promised(CompletableFuture<Position> future, WalRecord record, long millis) {}

    private final Home home;
    private final List<Expected> expected = new ArrayList<>();
    private final Deque<Expected> gone = new ArrayDeque<>(); // the last ones that were trimmed away
    private final Deque<Promised> promised = new ArrayDeque<>();
    private final ExpectedNotes notes = new ExpectedNotes();
    private Position first = Position.START;
    private long nextSequence;
    private int generation;
    private long millis = FIRST_MILLIS;

    // of one life
    private SteppedCrew crew = new SteppedCrew();
    private Wal wal;
    private Position durable = Position.START;
    private final Followers followers = new Followers(this);

    LogModel(Home home) {
        this.home = home;
        this.wal = open(Setting.smallest());
    }

    Wal wal() {
        return wal;
    }

    SteppedCrew crew() {
        return crew;
    }

    List<Expected> expected() {
        return expected;
    }

    /** Records that were trimmed away. */
    List<Expected> gone() {
        return List.copyOf(gone);
    }

    Followers followers() {
        return followers;
    }

    ExpectedNotes notes() {
        return notes;
    }

    /** The entry that a number drawn for any size of list means; there must be one. */
    int indexOf(int drawn) {
        return drawn % expected.size();
    }

    /** The entry with that number. */
    int indexOfSequence(long sequence) {
        return (int) (sequence - firstSequence());
    }

    /** Where the log begins. */
    Position first() {
        return first;
    }

    long firstSequence() {
        return expected.isEmpty() ? nextSequence : expected.getFirst().sequence();
    }

    long nextSequence() {
        return nextSequence;
    }

    long millis() {
        return millis;
    }

    // ---- what was done

    void appended(WalRecord record, Position position) {
        appended(record, position, 0);
    }

    void appended(WalRecord record, Position position, int indexInBatch) {
        settlePromised();
        expected.add(new Expected(record, position, nextSequence++, indexInBatch, millis));
    }

    /** An append whose position comes later, in the order of the appends. */
    void promised(WalRecord record, CompletableFuture<Position> future) {
        promised.add(new Promised(future, record, millis));
    }

    /** Lets the log keep its promises, and notes what it said. */
    void settlePromised() {
        if (promised.isEmpty()) return;
        wal.sync();
        crew.settle();
        for (Promised next = promised.poll(); next != null; next = promised.poll()) {
            assertTrue(next.future().isDone(), "a future is not complete though everything is durable");
            expected.add(new Expected(next.record(), next.future().join(), nextSequence++, 0, next.millis()));
        }
    }

    void pass(long more) {
        millis += more;
    }

    /** The log begins there now. */
    void trimmed(Position newFirst) {
        first = newFirst;
        while (!expected.isEmpty() && expected.getFirst().position().compareTo(newFirst) < 0) {
            gone.add(expected.removeFirst());
            if (gone.size() > MOST_GONE) gone.removeFirst();
        }
    }

    /** Everything from there on is gone. */
    void cut(Position end) {
        while (!expected.isEmpty() && expected.getLast().position().compareTo(end) >= 0) {
            nextSequence = expected.removeLast().sequence();
        }
        notes.cut(end, expected.isEmpty() ? first : expected.getLast().position(), wal);
        durable = Position.START; // it may move back, now
    }

    /** Everything is gone, and the log goes on there. */
    void reset(Position newFirst, long sequence) {
        trimmed(newFirst);
        nextSequence = sequence;
        notes.reset();
        durable = Position.START;
    }

    void close() {
        settlePromised();
        followers.closeAll();
        crew.settle();
        wal.close();
    }

    void reopen(Policy policy, boolean preallocate) {
        close();
        openAgain(policy, preallocate);
    }

    void killAndReopen(Policy policy, boolean preallocate) {
        settlePromised();
        home.kill();
        followers.closeAll();
        openAgain(policy, preallocate);
    }

    private void openAgain(Policy policy, boolean preallocate) {
        WalConfig config = Setting.smallest().withFsyncPolicy(policy.fsync());
        wal = open(preallocate ? config : config.withoutPreallocation());
        notes.checkFound(wal);
        checkAll();
    }

    private Wal open(WalConfig config) {
        crew = new SteppedCrew();
        Surroundings world = new Surroundings(
                crew, () -> millis * NANOS_PER_MILLI, () -> millis, () -> LOG_ID, STAGE_BYTES, SEGMENT_BYTES);
        Wal opened = Assembly.open(home.storage(), config, world);
        durable = Position.START;
        assertTrue(opened.recovery().generation() > generation, "an open begins a generation");
        generation = opened.recovery().generation();
        assertEquals(nextSequence, opened.recovery().nextSequence(), "records after an open");
        assertEquals(firstSequence(), opened.recovery().firstSequence(), "the first record after an open");
        assertEquals(first, opened.recovery().first(), "where the log begins after an open");
        return opened;
    }

    // ---- what must hold

    /** After every deed. */
    void checkCursors() {
        Position now = wal.durablePosition();
        assertTrue(now.compareTo(durable) >= 0, () -> "durable moved back from " + durable + " to " + now);
        assertTrue(now.compareTo(wal.endPosition()) <= 0, () -> now + " durable of " + wal.endPosition());
        durable = now;
    }

    void checkAll() {
        settlePromised();
        assertEquals(first, wal.firstPosition(), "where the log begins");
        assertEquals(firstSequence(), wal.firstSequence(), "the first record");
        assertEquals(nextSequence, wal.nextSequence(), "the next record");
        notes.check(wal);
        checkFrom(0, Way.READER);
    }

    /** Reads everything from the entry at that index on. */
    void checkFrom(int index, Way way) {
        settlePromised();
        List<LogEntry> entries = new ArrayList<>();
        try (Way.Open reader = way.open(wal, positionAt(index))) {
            for (LogEntry entry = reader.next().get();
                    entry != null;
                    entry = reader.next().get()) entries.add(entry);
        }
        check(entries, index);
        if (way != Way.DURABLE_TAIL) assertEquals(expected.size() - index, entries.size(), "records from " + index);
    }

    /** Reads everything from a place on. */
    void checkFrom(Position from) {
        List<LogEntry> entries = Records.entries(wal, from);
        int index = (int) expected.stream()
                .filter(entry -> entry.position().compareTo(from) < 0)
                .count();
        check(entries, index);
        assertEquals(expected.size() - index, entries.size(), () -> "records from " + from);
    }

    /** Where the entry at that index stands; the first one may also be sought where the log begins. */
    Position positionAt(int index) {
        return index == 0 ? first : expected.get(index).position();
    }

    /** These are what follows from that index on, or the first of it. */
    void check(List<LogEntry> entries, int index) {
        if (!entries.isEmpty())
            Records.assertConsistent(entries, entries.getFirst().sequence());
        for (int i = 0; i < entries.size(); i++) check(entries.get(i), index + i);
    }

    void check(LogEntry entry, int index) {
        assertTrue(index < expected.size(), () -> "a record that nobody appended: " + entry);
        Expected right = expected.get(index);
        assertEquals(right.position(), entry.position(), () -> "position of record " + index);
        assertEquals(right.sequence(), entry.sequence(), () -> "number of record " + index);
        assertEquals(right.millis(), entry.appendedAt().toEpochMilli(), () -> "time of record " + index);
        Records.assertSame(right.record(), entry.record(), "record " + index);
    }

    /** Ends it, however it stands. */
    void discard() {
        followers.closeAll();
        home.close();
    }
}
