package dev.nori.wal.verify;

import dev.nori.wal.VerifyFinding.DamagedStage;
import dev.nori.wal.VerifyFinding.UnsupportedFormat;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.handoff.StageLayout;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stage as it was when the log was looked over, copied.
 *
 * @param isThere whether there is a file of that name
 * @param left what can be read of it
 */
record StageCopy(String name, boolean isThere, Optional<StageFile.Left> left) {
    /** Where its writer is; what moves while a log is in use. */
    record Cursors(int generation, long staged, long written, long durable) {}

    /** Reads it; what is wrong with it becomes a finding. */
    static StageCopy read(Storage storage, String name, Findings findings) throws IoFailure {
        if (!storage.list().contains(name)) return new StageCopy(name, false, Optional.empty());
        try (LogFile file = storage.open(name, Storage.Access.READ)) {
            long size = file.size();
            if (size > StageLayout.MOST_BYTES) {
                findings.add(new UnsupportedFormat(
                        Places.inFile(name, 0),
                        "the stage has %d bytes, this version knows stages of up to %d"
                                .formatted(size, StageLayout.MOST_BYTES)));
                return new StageCopy(name, true, Optional.empty());
            }
            MemorySegment bytes = AlignedMemory.blocks(Math.max(1, size));
            MemorySegment got = bytes.asSlice(0, file.read(0, bytes));
            StageFile stage = StageFile.parse(got);
            switch (stage) {
                case StageFile.Absent a -> {} // it is being made, or a power cut mixed it
                case StageFile.Whole w -> {}
                case StageFile.Cut cut ->
                    findings.add(new DamagedStage(
                            Places.inFile(name, cut.bytes()), "the stage ends after %d bytes".formatted(cut.bytes())));
                case StageFile.Unsupported later ->
                    findings.add(new UnsupportedFormat(Places.inFile(name, 0), later.why()));
            }
            return new StageCopy(name, true, stage.readable());
        }
    }

    @Nullable Cursors cursors() {
        return left.map(stage -> new Cursors(stage.generation(), stage.staged(), stage.written(), stage.durable()))
                .orElse(null);
    }

    /** What is there, if it is of that log and not older than {@code generation}, and was not cut away. */
    Optional<StageFile.Left> of(long logId, int generation, @Nullable ControlSlot control) {
        return left.filter(stage -> stage.logId() == logId
                && Integer.compareUnsigned(stage.generation(), generation) >= 0
                && (control == null || Integer.compareUnsigned(stage.generation(), control.voidGeneration()) > 0));
    }
}
