package dev.nori.wal.read;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.ReadBound;
import dev.nori.wal.WalException;
import dev.nori.wal.handoff.Followers;
import dev.nori.wal.handoff.Idle;
import dev.nori.wal.handoff.Stage;
import dev.nori.wal.io.Storage;
import dev.nori.wal.segment.SegmentCatalog;
import java.util.function.BooleanSupplier;

/**
 * Everything a reader needs of a running log.
 *
 * @param stage how far the log goes, and the bytes that are in no file yet
 * @param storage where the files are
 * @param catalog which segments there are
 * @param policy what an acknowledged append may rely on
 * @param idle what a waiting thread does
 * @param closed whether the log was closed
 * @param succession what becomes of the rooms
 */
public record LogSource(
        Stage stage,
        Storage storage,
        SegmentCatalog catalog,
        FsyncPolicy policy,
        Idle idle,
        BooleanSupplier closed,
        Succession succession) {
    /** Everything before this position may be seen. The end of a frame; never moves back. */
    long limit(ReadBound bound) {
        return mustBeDurable(bound) ? stage.durable() : stage.committed();
    }

    /** Who is woken when {@link #limit} moves. */
    Followers followers(ReadBound bound) {
        return mustBeDurable(bound) ? stage.durableFollowers() : stage.followers();
    }

    private boolean mustBeDurable(ReadBound bound) {
        return bound == ReadBound.DURABLE || policy instanceof FsyncPolicy.Always;
    }

    void checkOpen() {
        if (closed.getAsBoolean()) throw new WalException.Closed("the log is closed");
    }
}
