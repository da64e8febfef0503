package dev.nori.wal.explore;

import dev.nori.wal.Durability;
import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalRecord;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.assembly.Surroundings;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.sim.CallHook;
import dev.nori.wal.io.sim.Op;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.segment.ControlFile;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Runs a script on a simulated disk and notes in its journal what the log has promised, at every moment that changes it. */
public final class Rehearsal {
    private static final long EPOCH_MILLIS = 1_700_000_000_000L;
    /** Of every log. */
    static final long LOG_ID = 0x6C6F67;

    private final Script script;
    private final SimDisk disk;
    private final Supplier<Storage> storages;
    private final List<Content> attempted = new ArrayList<>();
    private final List<Promise.Group> batches = new ArrayList<>();
    private final List<CompletableFuture<Position>> futures = new ArrayList<>();
    private final List<Long> ackNanos = new ArrayList<>();
    private long nanos;
    private int serial;
    private int acknowledged;
    private int durable;
    private Facts facts;
    private SteppedCrew crew = new SteppedCrew();
    private Wal wal;

    /**
     * Opens a log of which that was promised.
     *
     * @param storages where to open it, each time
     * @throws AssertionError if a promise is broken
     */
    Rehearsal(Script script, SimDisk disk, Supplier<Storage> storages, Promise before) {
        this.script = script;
        this.disk = disk;
        this.storages = storages;
        this.serial = before.nextSerial();
        this.acknowledged = before.acknowledged();
        this.facts = before.facts();
        this.wal = open();
        attempted.addAll(before.attempted());
        batches.addAll(before.batches());
        forgetWhatWasCut();
        note();
    }

    /** Runs it on an empty disk, whose journal then holds every moment of it. */
    public static SimDisk run(Script script, SimDisk disk) {
        disk.note(Promise.NONE);
        goOn(script, disk, Promise.NONE);
        return disk;
    }

    /** Runs it on a disk that has the log of which that was promised. */
    static void goOn(Script script, SimDisk disk, Promise promise) {
        Rehearsal rehearsal = new Rehearsal(script, disk, disk::storage, promise);
        script.steps().forEach(rehearsal::perform);
    }

    /** The log, as it is now. */
    Wal wal() {
        return wal;
    }

    SteppedCrew crew() {
        return crew;
    }

    /** What it has promised by now. */
    Promise promise() {
        return new Promise(
                List.copyOf(attempted), acknowledged, durable, List.copyOf(batches), facts.withSerial(serial));
    }

    /** A record that nobody has appended. */
    WalRecord unused() {
        return new Content(attempted.size(), serial++, 100).record();
    }

    /** Whether somebody waits for an append of which nothing is known. */
    boolean keepsSomebodyWaiting() {
        return !futures.stream().allMatch(CompletableFuture::isDone);
    }

    /** The records from there on were refused: none of them may ever come back. */
    void takeBack(int from) {
        attempted.subList(from, attempted.size()).clear();
        batches.removeIf(group -> group.to() > from);
        note();
    }

    /** Only what is durable is sure to come back, whatever happens next. */
    void relyOnDurableOnly() {
        acknowledged = durable;
        ackNanos.subList(Math.min(durable, ackNanos.size()), ackNanos.size()).clear();
        note();
    }

    /** Closes it, after which everything is durable. */
    void close() {
        wal.close();
        allDurable();
        note();
    }

    /** A log on such a disk, as scripts use it. */
    static Wal open(Storage storage, Script script, SteppedCrew crew, LongSupplier nanos) {
        WalConfig config = WalConfig.defaults().withFsyncPolicy(script.policy());
        if (!script.preallocate()) config = config.withoutPreallocation();
        Surroundings world = new Surroundings(
                crew,
                nanos,
                () -> EPOCH_MILLIS + nanos.getAsLong() / 1_000_000,
                () -> LOG_ID,
                script.stageBytes(),
                script.segmentBytes());
        return Assembly.open(storage, config, world);
    }

    private Wal open() {
        crew = new SteppedCrew();
        return open(storages.get(), script, crew, () -> nanos);
    }

    /** Performs a step, and notes what is promised then. What was refused for want of space was refused whole. */
    void perform(Step step) {
        Facts before = facts;
        try {
            carryOut(step);
        } catch (WalException.Full e) {
            facts = before;
            throw e;
        } finally {
            note();
        }
    }

    private void carryOut(Step step) {
        switch (step) {
            case Step.Append append -> append(append.bytes(), Durability.POLICY);
            case Step.AppendDurably append -> append(append.bytes(), Durability.DURABLE);
            case Step.AppendAsync append -> appendAsync(append.bytes());
            case Step.AppendWithinASync append -> appendWithinASync(append.bytes());
            case Step.Batch batch -> batch(batch);
            case Step.Sync s -> {
                wal.sync();
                allDurable();
            }
            case Step.Flush f -> wal.flush();
            case Step.Tick tick -> tick(tick);
            case Step.Settle s -> settle();
            case Step.Reopen r -> {
                close();
                wal = open();
                forgetWhatWasCut();
            }
            case Step.ReopenOfSegments r -> reopenOfSegments();
            case Step.KillAndReopen k -> killAndReopen();
            case Step.TruncateBefore trim -> truncateBefore(trim.keep());
            case Step.TruncateBeforeUnderAReader trim -> truncateBeforeUnderAReader(trim.keep());
            case Step.TruncateAfter cut -> truncateAfter(cut.records());
            case Step.Reset r -> reset();
            case Step.Checkpoint checkpoint -> checkpoint(checkpoint);
            case Step.SetMetadata metadata -> setMetadata(metadata.bytes());
        }
    }

    private void append(int bytes, Durability durability) {
        wal.append(attempt(bytes), durability);
        acknowledge();
        if (durability == Durability.DURABLE) durable = attempted.size();
    }

    private void appendAsync(int bytes) {
        CompletableFuture<Position> future = wal.appendAsync(attempt(bytes));
        if (future.isCompletedExceptionally() && future.exceptionNow() instanceof WalException refused) throw refused;
        futures.add(future);
        if (!isAlways() || isAcknowledged(future)) acknowledge();
    }

    /** A future that is completed speaks for all before it; one that failed acknowledges nothing. */
    private boolean isAcknowledged(CompletableFuture<Position> future) {
        crew.stepOnly("completer");
        return future.state() == Future.State.SUCCESS;
    }

    /** What comes while a sync is under way is not covered by it. */
    private void appendWithinASync(int bytes) {
        int covered = attempted.size();
        disk.hook(new CallHook() {
            @Override
            public void within(Op op) {
                if (!makesDurable(op)) return;
                disk.hook(CallHook.NONE);
                appendAsync(bytes);
            }
        });
        try {
            wal.sync();
        } finally {
            disk.hook(CallHook.NONE);
        }
        while (ackNanos.size() < covered) ackNanos.add(nanos);
        acknowledged = Math.max(acknowledged, covered);
        durable = Math.max(durable, covered);
    }

    private static boolean makesDurable(Op op) {
        return op instanceof Op.Sync || (op instanceof Op.Write write && write.reach() == Op.Reach.DEVICE);
    }

    private void batch(Step.Batch batch) {
        int from = attempted.size();
        batches.add(new Promise.Group(from, from + batch.records()));
        List<WalRecord> records = new ArrayList<>();
        for (int i = 0; i < batch.records(); i++) records.add(attempt(batch.bytes()));
        wal.appendBatch(records);
        acknowledge();
    }

    private void tick(Step.Tick tick) {
        crew.step(); // the workers see what there is, then time passes
        nanos += tick.time().toNanos();
        settle();
        if (!(script.policy() instanceof FsyncPolicy.Batch batch)) return;
        long oldest = nanos - batch.window().toNanos();
        while (durable < acknowledged && ackNanos.get(durable) <= oldest) durable++;
    }

    private void settle() {
        crew.settle();
        wal.awaitDurable(Position.START); // throws if something failed
        boolean complete = futures.stream().allMatch(CompletableFuture::isDone);
        if (isAlways() && complete) allDurable();
    }

    /** The stage goes first: it remembers that there is a control file. */
    private void reopenOfSegments() {
        close();
        try (Storage storage = disk.storage()) {
            for (String name : List.of(Assembly.STAGE_NAME, ControlFile.NAME)) {
                storage.delete(name);
                storage.syncDirectory();
            }
        } catch (IoFailure e) {
            throw new UncheckedIOException(e);
        }
        wal = open();
        forgetWhatWasCut();
    }

    private void killAndReopen() {
        disk.kill();
        wal = open();
        forgetWhatWasCut();
    }

    /** What opening reports survives a power cut; the rest never comes back. */
    private void forgetWhatWasCut() {
        int back = (int) wal.recovery().nextSequence();
        if (back == facts.resetTo()) isReset();
        if (back == facts.cutTo()) acknowledged = back;
        if (back < acknowledged || back > attempted.size()) {
            throw new AssertionError(
                    "of %d records, %d of them promised, %d came back".formatted(attempted.size(), acknowledged, back));
        }
        attempted.subList(back, attempted.size()).clear();
        ackNanos.subList(Math.min(back, ackNanos.size()), ackNanos.size()).clear();
        futures.clear();
        batches.removeIf(group -> group.to() > back);
        allDurable();
        facts = facts.settledBy(wal).beginningWith((int) wal.recovery().firstSequence());
    }

    // ---- trimming

    private List<LogEntry> entries() {
        if (isAlways()) { // what nobody was told of is not shown
            wal.sync();
            allDurable();
        }
        List<LogEntry> entries = new ArrayList<>();
        try (WalReader reader = wal.readFrom(wal.firstPosition())) {
            for (LogEntry entry : reader) entries.add(entry);
        }
        return entries;
    }

    private void truncateBefore(int keep) {
        List<LogEntry> entries = entries();
        int at = Math.max(0, entries.size() - keep);
        Position asked =
                at == entries.size() ? wal.endPosition() : entries.get(at).position();
        facts = facts.beginningBy(
                at == entries.size() ? attempted.size() : (int) entries.get(at).sequence());
        note();
        Position first = wal.truncateBefore(asked);
        List<LogEntry> left = entries();
        if (first.compareTo(asked) > 0) throw new AssertionError("trimmed to %s, asked for %s".formatted(first, asked));
        facts = facts.beginningWith(
                left.isEmpty() ? attempted.size() : (int) left.getFirst().sequence());
    }

    /** Whoever reads keeps what he reads, and all behind it. */
    private void truncateBeforeUnderAReader(int keep) {
        List<LogEntry> before = entries();
        List<LogEntry> read = new ArrayList<>();
        try (WalReader reader = wal.readFrom(wal.firstPosition())) {
            Iterator<LogEntry> entries = reader.iterator();
            if (entries.hasNext()) read.add(entries.next());
            truncateBefore(keep);
            entries.forEachRemaining(read::add);
        }
        if (!read.equals(before)) {
            throw new AssertionError("a reader saw %d of %d records".formatted(read.size(), before.size()));
        }
    }

    private void truncateAfter(int records) {
        List<LogEntry> entries = entries();
        if (entries.isEmpty()) return;
        int first = (int) entries.getFirst().sequence();
        int to = startOfBatch(Math.max(first, attempted.size() - records));
        if (to >= attempted.size()) return;
        facts = facts.cuttingTo(to);
        note();
        wal.truncateAfter(entries.get(to - first).position());
        facts = facts.cut();
        attempted.subList(to, attempted.size()).clear();
        ackNanos.subList(Math.min(to, ackNanos.size()), ackNanos.size()).clear();
        batches.removeIf(group -> group.to() > to);
        acknowledged = to;
        allDurable();
    }

    private int startOfBatch(int record) {
        return batches.stream()
                .filter(group -> group.from() < record && record < group.to())
                .mapToInt(Promise.Group::from)
                .findFirst()
                .orElse(record);
    }

    private void reset() {
        facts = facts.resettingTo(attempted.size() + 3);
        note();
        wal.reset(facts.resetTo());
        isReset();
    }

    private void isReset() {
        int to = facts.resetTo();
        facts = facts.reset();
        while (attempted.size() < to) attempted.add(new Content(attempted.size(), -1, 0));
        batches.clear();
        allDurable();
    }

    private void checkpoint(Step.Checkpoint step) {
        List<LogEntry> entries = entries();
        if (entries.isEmpty()) return;
        LogEntry entry = entries.get(Math.max(0, entries.size() - 1 - step.before()));
        Facts.Note now = new Facts.Note(serial++, step.bytes(), (int) entry.sequence());
        facts = facts.withCheckpoints(Facts.oneOf(facts.checkpoints(), now));
        note();
        wal.checkpoint(entry.position(), now.content());
        facts = facts.withCheckpoints(List.of(now));
        durable = Math.max(durable, now.record());
    }

    private void setMetadata(int bytes) {
        Facts.Note now = new Facts.Note(serial++, bytes, 0);
        facts = facts.withMetadata(Facts.oneOf(facts.metadata(), now));
        note();
        wal.setMetadata(now.content());
        facts = facts.withMetadata(List.of(now));
    }

    private boolean isAlways() {
        return script.policy() instanceof FsyncPolicy.Always;
    }

    private WalRecord attempt(int bytes) {
        Content content = new Content(attempted.size(), serial++, bytes);
        attempted.add(content);
        note();
        return content.record();
    }

    private void acknowledge() {
        while (ackNanos.size() < attempted.size()) ackNanos.add(nanos);
        acknowledged = attempted.size();
        if (isAlways()) durable = acknowledged;
    }

    private void allDurable() {
        acknowledge();
        durable = attempted.size();
    }

    private void note() {
        disk.note(promise());
    }
}
