package dev.nori.wal.assembly;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalException;
import dev.nori.wal.WalRecord;
import dev.nori.wal.codec.CodecException;
import dev.nori.wal.codec.Codecs;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.frame.FrameKind;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.StoredRecord;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.Storage;
import dev.nori.wal.recover.ProvedRun;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Makes a log of records that were proved: with their numbers and times, batches as batches. */
final class IslandWriter {
    private static final long ROOM_BYTES = 64 << 10; // header, marks, footer

    private final Wal wal;
    private final long[] millis;

    private IslandWriter(Wal wal, long[] millis) {
        this.wal = wal;
        this.millis = millis;
    }

    /**
     * Writes it, durably, and closes the home.
     *
     * @param from where the run is found
     */
    static void write(Storage from, ProvedRun run, Storage home) throws IoFailure {
        long[] millis = {run.pieces().getFirst().header().baseTimeMillis()};
        try (Wal wal = open(home, run, millis)) {
            if (run.firstSequence() > 0) wal.reset(run.firstSequence());
            run.visit(from, (frame, memory, at) -> new IslandWriter(wal, millis).append(frame, at));
            wal.sync();
        }
        if (!home.list().contains(StageFile.NAME)) return;
        home.delete(StageFile.NAME); // a log that was closed in order does not need it
        home.syncDirectory();
    }

    private static Wal open(Storage home, ProvedRun run, long[] millis) {
        WalConfig config =
                WalConfig.defaults().withFsyncPolicy(FsyncPolicy.os()).withoutPreallocation();
        long segmentBytes = run.pieces().stream()
                .mapToLong(IslandWriter::segmentBytes)
                .max()
                .orElseThrow();
        Surroundings world = new Surroundings(
                new ThreadCrew(),
                System::nanoTime,
                () -> millis[0],
                () -> new SecureRandom().nextLong(),
                Surroundings.STAGE_BYTES,
                segmentBytes);
        return Assembly.open(home, config, world);
    }

    /** As large as the segment was, so that every frame fits; where that is not known, large enough for what was found. */
    private static long segmentBytes(ProvedRun.Piece piece) {
        long known = piece.header().segmentBytes();
        if (known < FrameLayout.MAX_SEGMENT_BYTES) return known;
        return FrameLayout.blockCeil(Math.min(known, 2 * (piece.to() - piece.from()) + ROOM_BYTES));
    }

    private void append(FrameCursor frame, long at) {
        millis[0] = at;
        List<WalRecord> records = new ArrayList<>(frame.recordCount());
        for (int i = 0; i < frame.recordCount(); i++) records.add(load(frame.record(i)));
        if (frame.kind() == FrameKind.BATCH) wal.appendBatch(records);
        else wal.append(records.getFirst());
    }

    private static WalRecord load(StoredRecord record) {
        try {
            return Codecs.load(record);
        } catch (CodecException e) {
            String what = "a record has a right checksum, and its value cannot be decompressed: " + e.getMessage();
            throw new WalException.CannotRead(what, new IOException(e));
        }
    }
}
