package dev.nori.wal.assembly;

import dev.nori.wal.append.Completions;
import dev.nori.wal.flush.Housekeeper;
import dev.nori.wal.flush.Writer;
import dev.nori.wal.handoff.Doorbell;
import dev.nori.wal.handoff.Stage;
import java.util.function.BooleanSupplier;

/** The three workers of a log, as a crew sees them. */
final class Workers {
    private Workers() {}

    static Crew.Worker of(Writer writer, Stage stage) {
        return worker(writer::step, writer::rest, stage.writerBell());
    }

    static Crew.Worker of(Housekeeper housekeeper) {
        return worker(housekeeper::doWork, housekeeper::rest, housekeeper.bell());
    }

    static Crew.Worker of(Completions completions) {
        return worker(completions::doWork, completions::rest, completions.bell());
    }

    private static Crew.Worker worker(BooleanSupplier doWork, Runnable rest, Doorbell bell) {
        return new Crew.Worker() {
            @Override
            public boolean doWork() {
                return doWork.getAsBoolean();
            }

            @Override
            public void rest() {
                rest.run();
            }

            @Override
            public void wake() {
                bell.ring();
            }
        };
    }
}
