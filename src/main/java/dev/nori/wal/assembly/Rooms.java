package dev.nori.wal.assembly;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.append.Appender;
import dev.nori.wal.append.DurableGate;
import dev.nori.wal.append.LogEnd;
import dev.nori.wal.flush.Housekeeper;
import dev.nori.wal.flush.Notes;
import dev.nori.wal.flush.Trimmer;
import dev.nori.wal.flush.Writer;
import dev.nori.wal.handoff.Stage;
import dev.nori.wal.handoff.StoppableClock;
import dev.nori.wal.read.LogSource;
import dev.nori.wal.read.Readers;
import dev.nori.wal.read.Succession;
import dev.nori.wal.recover.Recovered;
import dev.nori.wal.segment.PreparedSegment;
import dev.nori.wal.segment.SegmentCatalog;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a running log, from one recovery to the next.
 *
 * @param generation of what they write
 * @param openedAt where the log ended when they were opened
 * @param past the numbers of the rooms that were left for these
 * @param closing takes them down
 */
record Rooms(
        Stage stage,
        SegmentCatalog catalog,
        Appender appender,
        DurableGate gate,
        Writer writer,
        Trimmer trimmer,
        Readers readers,
        int generation,
        long openedAt,
        PastStats past,
        Closing closing) {

    /** Opens them on what recovery found, with a mark that begins a generation. Closed with the house, if not before. */
    static Rooms open(House house, Recovered found, PastStats past, BooleanSupplier closed) {
        return open(house, found, null, past, closed);
    }

    /** The same with a segment that the rooms before had prepared. */
    static Rooms open(
            House house, Recovered found, @Nullable PreparedSegment inHand, PastStats past, BooleanSupplier closed) {
        Closing closing = new Closing();
        house.closing().add(closing::run);
        return new Builder(house, found, inHand, past, closing).open(closed);
    }

    /** The numbers of the log since it was opened. */
    PastStats total() {
        return past.plus(this);
    }

    private record Builder(
            House house, Recovered found, @Nullable PreparedSegment inHand, PastStats past, Closing closing) {
        Rooms open(BooleanSupplier closed) {
            if (found.current() != null) closing.add(found.current().file()::close);
            Stage stage = new Stage(house.mapped(), found.logId(), newGeneration(), found.end(), found.tail());
            SegmentCatalog catalog =
                    new SegmentCatalog(house.storage(), house.pins(), found.firstId(), found.segments());
            found.scanned().forEach(scanned -> catalog.put(scanned.header(), scanned.index()));
            Trimmer trimmer = trimmer(stage, catalog);
            closing.add(trimmer::close);
            Housekeeper housekeeper = housekeeper(stage, trimmer);
            closing.add(housekeeper::close);
            StoppableClock clock = new StoppableClock(house.world().millisClock());
            LogEnd end = logEnd(stage, housekeeper, catalog, clock);
            Writer writer = writer(stage, housekeeper, clock, end);
            closing.add(writer::close);
            DurableGate gate = new DurableGate(stage, writer, crew().idle());
            Appender appender = new Appender(stage, end, gate, house.completions(), policy());
            closing.add(crew().hire("writer", Workers.of(writer, stage))::dismiss);
            closing.add(crew().hire("housekeeper", Workers.of(housekeeper))::dismiss);
            appender.open();
            LogSource source =
                    new LogSource(stage, house.storage(), catalog, policy(), crew().idle(), closed, new Succession());
            return new Rooms(
                    stage,
                    catalog,
                    appender,
                    gate,
                    writer,
                    trimmer,
                    new Readers(source),
                    newGeneration(),
                    found.end(),
                    past,
                    closing);
        }

        private Crew crew() {
            return house.world().crew();
        }

        private FsyncPolicy policy() {
            return house.config().fsyncPolicy();
        }

        private int newGeneration() {
            return found.generation() + 1;
        }

        private Trimmer trimmer(Stage stage, SegmentCatalog catalog) {
            Notes notes = new Notes(house.control(), stage);
            Trimmer.Rooms rooms = new Trimmer.Rooms(house.storage(), stage, catalog, house.spares(), notes);
            Recovered.Current current = found.current();
            long sealedBelow = current == null
                    ? found.firstId() + found.segments()
                    : current.header().segmentId();
            RetentionLimits limits = new RetentionLimits(
                    house.config().retention(), house.world().millisClock());
            return new Trimmer(rooms, crew().idle(), limits, sealedBelow);
        }

        private Housekeeper housekeeper(Stage stage, Trimmer trimmer) {
            // Zeros pay where a caller waits for each sync, which then changes no metadata. Elsewhere they cost the
            // device as much as the log itself.
            boolean zeroFill = policy() instanceof FsyncPolicy.Always;
            Housekeeper.Settings settings = new Housekeeper.Settings(
                    house.world().segmentBytes(), house.config().preallocate(), zeroFill);
            long nextId = found.firstId() + found.segments();
            return new Housekeeper(
                    house.storage(),
                    stage,
                    settings,
                    house.spares(),
                    trimmer,
                    house.world().nanoClock(),
                    nextId,
                    inHand);
        }

        private LogEnd logEnd(Stage stage, Housekeeper supply, SegmentCatalog catalog, StoppableClock clock) {
            LogEnd.Start start = new LogEnd.Start(
                    found.logId(), found.end(), found.nextSequence(), found.timeMillis(), newGeneration());
            Recovered.Current current = found.current();
            LogEnd.Resume resume = current == null
                    ? null
                    : new LogEnd.Resume(current.header(), current.index(), current.file(), current.ownedBytes());
            return new LogEnd(stage, supply, catalog, clock, crew().idle(), start, resume);
        }

        private Writer writer(Stage stage, Housekeeper housekeeper, StoppableClock clock, LogEnd end) {
            return new Writer(stage, housekeeper, policy(), house.world().nanoClock(), clock, openSegment(end));
        }

        private Writer.@Nullable OpenSegment openSegment(LogEnd end) {
            Recovered.Current current = found.current();
            if (current == null) return null;
            return new Writer.OpenSegment(current.file(), current.header(), end.footerOfCurrent());
        }
    }
}
