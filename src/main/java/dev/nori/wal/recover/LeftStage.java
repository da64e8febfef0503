package dev.nori.wal.recover;

import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.handoff.StageFile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stage that an earlier process left, as far as it speaks of this log and was not cut away with the rest. */
final class LeftStage {
    private final StageFile file;
    private final SegmentChain chain;
    private final @Nullable ControlSlot control;

    LeftStage(StageFile file, SegmentChain chain, @Nullable ControlSlot control) {
        this.file = file;
        this.chain = chain;
        this.control = control;
    }

    /** The file, whatever it speaks of. */
    StageFile file() {
        return file;
    }

    /** What is left, if it is this log's. */
    Optional<StageFile.Left> ofThisLog() {
        return file.readable().filter(this::isOfThisLog);
    }

    private boolean isOfThisLog(StageFile.Left left) {
        boolean sameLog = !chain.isIdKnown() || left.logId() == chain.logId();
        return sameLog && Integer.compareUnsigned(left.generation(), chain.end().generation()) >= 0 && !isVoid(left);
    }

    /** What was staged before a cut or a reset was cut away with the rest. */
    private boolean isVoid(StageFile.Left left) {
        if (control == null) return false;
        return Integer.compareUnsigned(left.generation(), control.voidGeneration()) <= 0;
    }

    /** How far it says that the log had been durable; 0 if it says nothing. */
    long durable() {
        return ofThisLog().map(StageFile.Left::durable).orElse(0L);
    }

    /** Whether it remembers that there is a control file. */
    boolean remembersControl() {
        return ofThisLog().filter(StageFile.Left::hasControl).isPresent();
    }
}
