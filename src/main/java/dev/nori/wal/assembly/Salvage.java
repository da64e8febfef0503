package dev.nori.wal.assembly;

import dev.nori.wal.Position;
import dev.nori.wal.SalvageReport;
import dev.nori.wal.SalvageReport.Island;
import dev.nori.wal.frame.ControlSlot;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.Storage;
import dev.nori.wal.recover.ProvedRun;
import dev.nori.wal.recover.Recovered;
import dev.nori.wal.recover.Recovery;
import dev.nori.wal.recover.Survey;
import dev.nori.wal.segment.ControlFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what can be proved of a damaged log. In this order, each step durable before the next begins:
 *
 * <ol>
 *   <li>Everything is looked at; nothing is changed ({@link Survey}).
 *   <li>Files that are damaged or will be changed are copied whole.
 *   <li>Each run of records behind a hole becomes a log of its own.
 *   <li>What there is to take away is noted in the control file. From here on it is recovery, in this call or in the next open, that carries it
 *       out, however often it is interrupted.
 * </ol>
 *
 * <p>Before the last step the log is what it was: a call that was interrupted there is simply made again, in a folder of its own.
 */
final class Salvage {
    private final Storage storage;
    private final Annexes annexes;

    Salvage(Storage storage, Annexes annexes) {
        this.storage = storage;
        this.annexes = annexes;
    }

    /** Looks, and says what {@link #run} would do. */
    SalvageReport plan() throws IoFailure {
        Survey.Surveyed found = Survey.of(storage, StageBytes.read(storage));
        return report(found, found.isSound() ? "" : nextFolder());
    }

    SalvageReport run() throws IoFailure {
        Survey.Surveyed found = Survey.of(storage, StageBytes.read(storage));
        if (found.isSound()) return report(found, "");
        String folder = nextFolder();
        SalvageReport report = report(found, folder);
        putAside(report);
        writeIslands(found, report);
        takeAway(found);
        return report;
    }

    // ---- what is said of it

    private SalvageReport report(Survey.Surveyed found, String folder) throws IoFailure {
        List<String> there = storage.list();
        return new SalvageReport(
                found.verdict(),
                folder,
                found.files().stream().filter(there::contains).toList(),
                new Position(found.keptEnd()),
                found.keptSequence(),
                Holes.of(found),
                islands(found, folder));
    }

    private static List<Island> islands(Survey.Surveyed found, String folder) {
        List<Island> islands = new ArrayList<>();
        for (ProvedRun run : found.runs()) {
            String name = run.firstSequence() == ProvedRun.UNKNOWN
                    ? "records-at-" + run.from()
                    : "records-" + run.firstSequence();
            islands.add(new Island(
                    folder + "/" + name,
                    new Position(run.from()),
                    new Position(run.to()),
                    run.firstSequence(),
                    run.records()));
        }
        return islands;
    }

    /** The first number of which there is no folder: what an earlier call put aside is never touched. */
    private String nextFolder() throws IoFailure {
        for (int n = 1; ; n++) {
            String folder = "salvage-" + n;
            if (!annexes.exists(folder)) return folder;
        }
    }

    // ---- what is done

    private void putAside(SalvageReport report) throws IoFailure {
        try (Storage aside = annexes.open(report.folder())) {
            for (String name : report.copies()) Copies.copy(storage, aside, name);
            Copies.write(aside, "REPORT", SalvageText.of(storage.directory(), report));
            aside.syncDirectory();
        }
    }

    private void writeIslands(Survey.Surveyed found, SalvageReport report) throws IoFailure {
        for (int i = 0; i < found.runs().size(); i++) {
            Storage home = annexes.open(report.islands().get(i).folder());
            IslandWriter.write(found.overlay(), found.runs().get(i), home);
        }
    }

    private void takeAway(Survey.Surveyed found) throws IoFailure {
        ControlSlot slot = found.control();
        boolean isThere = storage.list().contains(ControlFile.NAME);
        if (slot != null) new ControlFile(storage, isThere ? slot : slot.counting(0)).change(now -> now);
        Recovered recovered = Recovery.run(storage, found.stage(), 0);
        Recovered.Current current = recovered.current();
        if (current != null) current.file().close();
        prepareNext(SegmentName.of(recovered.firstId() + recovered.segments()));
        if (!found.stageLost() || !storage.list().contains(StageFile.NAME)) return;
        storage.delete(StageFile.NAME); // what could be proved of it is in the segments now
        storage.syncDirectory();
    }

    /** A segment that is sealed has one behind it: where its file is missing, an empty one says that there is nothing in it. */
    private void prepareNext(String name) throws IoFailure {
        if (storage.list().contains(name)) return;
        storage.create(name).close();
        storage.syncDirectory();
    }
}
