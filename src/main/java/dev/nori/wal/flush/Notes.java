package dev.nori.wal.flush;

import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.handoff.Stage;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.segment.ControlFile;
import java.util.function.UnaryOperator;

/** The control file of a running log: what fails there is final, like a failed sync. For any thread. */
public final class Notes {
    private final ControlFile file;
    private final Stage stage;

    /** Notes of that log. */
    public Notes(ControlFile file, Stage stage) {
        this.file = file;
        this.stage = stage;
        stage.noteControl();
    }

    /** What is noted, durably. */
    public ControlSlot current() {
        return file.current();
    }

    /**
     * Changes what is noted; on return that is durable. Needs no space.
     *
     * @throws dev.nori.wal.WalException.Failed if it failed, now or before
     */
    public void change(UnaryOperator<ControlSlot> change) {
        stage.failure().check();
        try {
            file.change(change);
        } catch (IoFailure e) {
            stage.fail(e);
            throw stage.failure().asException();
        }
    }
}
