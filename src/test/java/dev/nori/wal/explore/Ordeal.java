package dev.nori.wal.explore;

import dev.nori.wal.IoMode;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalRecord;
import dev.nori.wal.io.sim.Call;
import dev.nori.wal.io.sim.FaultyStorage;
import dev.nori.wal.io.sim.SimDisk;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Runs a script while a call goes wrong, and holds the log to what it promises then: a failure is final and everybody is told
 * its cause; a full disk is no failure; in the end nothing is left open.
 */
final class Ordeal {
    private final Script script;
    private final SimDisk disk;
    private final FaultyStorage storage;
    private Promise promise;
    private WalException.@Nullable Failed failure;
    private boolean refused;
    private boolean isOpen = true;
    private @Nullable Rehearsal running;
    private boolean dataFailed;
    private long durableWhenItFailed = Long.MAX_VALUE;
    private long durableInTheEnd;

    Ordeal(Script script, SimDisk disk, FaultyStorage storage, Promise promise) {
        this.script = script;
        this.disk = disk;
        this.storage = storage;
        this.promise = promise;
        storage.onHit(this::hit);
    }

    /** How it ended. */
    enum End {
        /** The log did not open, or not again. */
        NOT_OPENED,
        /** The log failed. */
        FAILED,
        /** Something was refused because the disk was full; the log lived on. */
        FULL,
        /** Nobody noticed. */
        UNNOTICED
    }

    /**
     * Runs it, and closes the log.
     *
     * @throws AssertionError if a promise is broken
     */
    End run() {
        try {
            running = new Rehearsal(script, disk, () -> storage, promise);
            return live(running);
        } catch (WalException.CannotOpen | WalException.Full | WalException.Failed e) {
            return End.NOT_OPENED;
        } finally {
            storage.heal();
            check(disk.openHandles() == 0, disk.openHandles() + " handles are still open");
        }
    }

    /** What the log had promised in the end. */
    Promise promise() {
        return promise;
    }

    /**
     * Direct reads show what the device has. If a sync fails there, then what was written and not durable may be gone at
     * once, not only after a power cut.
     */
    private void hit(Call call) {
        if (call == Call.WRITE || call == Call.WRITE_DURABLY || call == Call.SYNC) noteFailure();
        boolean syncs = call == Call.SYNC || call == Call.WRITE_DURABLY;
        if (!syncs || disk.options().mode() != IoMode.DIRECT) return;
        if (running != null) {
            running.relyOnDurableOnly();
        } else {
            promise = promise.after(Crash.POWER_CUT);
            disk.note(promise);
        }
    }

    private void noteFailure() {
        if (!dataFailed && running != null) durableWhenItFailed = durableNow(running);
        dataFailed = true;
    }

    private static long durableNow(Rehearsal log) {
        try {
            return log.wal().durablePosition().bytes();
        } catch (WalException.Closed e) {
            return Long.MAX_VALUE; // it is being opened again, and has no position yet that could move
        }
    }

    /**
     * Holds the log to what it owes if data could not be written or synced, for another reason than a full disk.
     *
     * @throws AssertionError if nobody was told, or if the durable position moved on
     */
    void checkToldOf(End end) {
        if (!dataFailed) return;
        check(end != End.UNNOTICED, "a write or a sync failed, and nobody was told");
        check(durableInTheEnd <= durableWhenItFailed, "the durable position moved after a write or a sync had failed");
    }

    private End live(Rehearsal log) {
        for (Step step : script.steps()) {
            if (reopens(step) ? !reopen(log, step) : !attempt(log, step)) break;
        }
        if (!isOpen) {
            promise = log.promise();
            return End.NOT_OPENED;
        }
        attempt(log, new Step.Settle());
        storage.heal();
        durableInTheEnd = log.wal().durablePosition().bytes();
        if (failure == null) {
            log.perform(new Step.Append(100)); // whatever happened, the log goes on
            attempt(log, new Step.Sync());
        }
        if (failure == null) close(log);
        else checkFinal(log, failure);
        promise = log.promise();
        if (failure != null) return End.FAILED;
        return refused ? End.FULL : End.UNNOTICED;
    }

    private static boolean reopens(Step step) {
        return step instanceof Step.Reopen
                || step instanceof Step.KillAndReopen
                || step instanceof Step.ReopenOfSegments;
    }

    /** False if it did not open again, or did not even close in order: its life ends there. */
    private boolean reopen(Rehearsal log, Step step) {
        boolean failedBefore = dataFailed;
        try {
            log.perform(step);
            // What failed while all was durable, such as the next segment's file, nobody need be told of once there is
            // another log.
            dataFailed = failedBefore;
            durableWhenItFailed = failedBefore ? durableWhenItFailed : Long.MAX_VALUE;
            return true;
        } catch (WalException.CannotOpen | WalException.Full | WalException.Failed e) {
            isOpen = false;
            return false;
        }
    }

    /** False if the log has failed. */
    private boolean attempt(Rehearsal log, Step step) {
        if (failure != null) return false;
        int before = log.promise().attempted().size();
        try {
            log.perform(step);
        } catch (WalException.Full e) {
            refused = true;
            log.takeBack(before);
        } catch (WalException.CannotRead e) {
            log.takeBack(before); // who could not look for the place has changed nothing
        } catch (WalException.Failed e) {
            failure = e;
        }
        return failure == null;
    }

    private void close(Rehearsal log) {
        try {
            log.close();
        } catch (WalException.Failed e) {
            failure = e;
        }
    }

    private static void checkFinal(Rehearsal log, WalException.Failed failure) {
        Wal wal = log.wal();
        Position durable = wal.durablePosition();
        Position end = wal.endPosition();
        WalRecord record = log.unused();
        checkFails(failure, "append", () -> wal.append(record));
        checkFails(failure, "appendBatch", () -> wal.appendBatch(List.of(record, record)));
        checkFails(failure, "appendAsync", () -> wait(wal.appendAsync(record)));
        checkFails(failure, "sync", wal::sync);
        checkFails(failure, "flush", wal::flush);
        checkFails(failure, "awaitDurable", () -> wal.awaitDurable(end));
        log.crew().settle();
        check(!log.keepsSomebodyWaiting(), "somebody still waits");
        check(wal.durablePosition().equals(durable), "the durable position moved after the failure");
        checkFails(failure, "close", wal::close);
    }

    private static void wait(CompletableFuture<Position> future) {
        check(future.isDone(), "an append after the failure waits");
        if (future.isCompletedExceptionally() && future.exceptionNow() instanceof WalException e) throw e;
    }

    private static void checkFails(WalException.Failed failure, String call, Runnable action) {
        try {
            action.run();
        } catch (WalException.Failed again) {
            check(
                    Objects.equals(again.getCause(), failure.getCause()),
                    call + " failed with another cause: " + again.getCause());
            return;
        }
        throw new AssertionError(call + " went well after the log had failed");
    }

    private static void check(boolean holds, String wrong) {
        if (!holds) throw new AssertionError(wrong);
    }
}
