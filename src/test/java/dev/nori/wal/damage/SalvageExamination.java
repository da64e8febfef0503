package dev.nori.wal.damage;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.SalvageReport;
import dev.nori.wal.Verdict;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.assembly.Assembly;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Salvages one damaged log after the other, and holds what comes back to what was appended. */
final class SalvageExamination {
    private final SmallLog log;
    private final List<String> findings = new ArrayList<>();
    private final Map<String, Integer> verdicts = new HashMap<>();
    private int fewest = Integer.MAX_VALUE;

    SalvageExamination(SmallLog log) {
        this.log = log;
    }

    List<String> findings() {
        return findings;
    }

    /** How many logs were in which state. */
    Map<String, Integer> verdicts() {
        return verdicts;
    }

    /** The fewest records that came back of a log. */
    int fewest() {
        return fewest;
    }

    /** Salvages a log that does not open. */
    void examine(Image damaged, String what) {
        try {
            Assembly.openReadOnly(new ImageStorage(damaged)).close();
        } catch (WalException.Corrupt refused) {
            salvage(damaged, what, refused);
        } catch (WalException.Unsupported | WalException.CannotOpen e) {
            verdicts.merge(e.getClass().getSimpleName(), 1, Integer::sum);
        }
    }

    /** Salvages a log whose damage opening does not read. */
    void examineSealed(Image damaged, String what) {
        salvage(damaged, what, "Sealed");
    }

    private void salvage(Image damaged, String what, WalException.Corrupt refused) {
        salvage(
                damaged,
                "%s (%s)".formatted(what, refused.getMessage()),
                refused.verdict().getClass().getSimpleName());
    }

    private void salvage(Image damaged, String what, String kind) {
        verdicts.merge(kind, 1, Integer::sum);
        try {
            ImageStorage storage = new ImageStorage(damaged);
            ImageAnnexes annexes = new ImageAnnexes();
            SalvageReport report = Assembly.salvage(storage, annexes);
            check(report.verdict() instanceof Verdict.Damage, "found no damage");
            checkCopies(damaged, annexes, report);
            Set<Long> back = new TreeSet<>();
            kept(storage, damaged, back);
            for (SalvageReport.Island island : report.islands()) {
                island(annexes.open(island.folder()), island, damaged, back);
            }
            fewest = Math.min(fewest, back.size());
            checkIsAll(damaged, back);
            report.holes().forEach(this::checkSaid);
            report.islands().forEach(this::checkSaid);
        } catch (RuntimeException | AssertionError e) {
            findings.add("%s: %s%n    at %s"
                    .formatted(
                            what, e, Arrays.stream(e.getStackTrace()).limit(9).toList()));
        }
    }

    private static void check(boolean holds, String wrong) {
        if (!holds) throw new AssertionError(wrong);
    }

    /** What differs from the damaged log now was copied whole. */
    private static void checkCopies(Image damaged, ImageAnnexes annexes, SalvageReport report) {
        ImageStorage aside = annexes.open(report.folder());
        for (String name : report.copies()) {
            check(Arrays.equals(damaged.bytes(name), aside.bytes(name)), name + " was not copied as it was");
        }
    }

    /** A number that is said of a hole in a segment is that of the record there. */
    private void checkSaid(SalvageReport.Hole hole) {
        if (!hole.file().endsWith(".wal")) return;
        check(hole.from().compareTo(hole.to()) <= 0, "goes backwards: " + hole);
        check(isNumberAt(hole.from(), hole.firstSequence()), "begins with another record: " + hole);
        check(isNumberAt(hole.to(), hole.nextSequence()), "ends before another record: " + hole);
    }

    private void checkSaid(SalvageReport.Island island) {
        long records = recordsBefore(island.to()) - recordsBefore(island.from());
        check(records == island.records(), "holds other records: " + island);
        check(isNumberAt(island.from(), island.firstSequence()), "begins with another record: " + island);
    }

    private boolean isNumberAt(Position position, long sequence) {
        return sequence == SalvageReport.UNKNOWN || sequence == recordsBefore(position);
    }

    private long recordsBefore(Position position) {
        return log.entries().stream()
                .filter(entry -> entry.position().compareTo(position) < 0)
                .count();
    }

    private void kept(ImageStorage storage, Image damaged, Set<Long> back) {
        Wal wal = SmallLog.open(storage);
        check(!(wal.recovery().verdict() instanceof Verdict.New), "there is no log any more");
        read(wal, wal.recovery().firstSequence(), damaged, back);
    }

    private void island(ImageStorage home, SalvageReport.Island island, Image damaged, Set<Long> back) {
        try (Wal wal = SmallLog.open(home)) {
            check(wal.recovery().verdict() instanceof Verdict.Clean, "an island is not clean");
            check(wal.recovery().records() == island.records(), "an island holds another number of records");
            if (island.firstSequence() == SalvageReport.UNKNOWN) readUnnumbered(wal, back);
            else read(wal, island.firstSequence(), damaged, back);
        }
    }

    private void read(Wal wal, long first, Image damaged, Set<Long> back) {
        long next = first;
        try (WalReader reader = wal.readFrom(wal.firstPosition())) {
            for (LogEntry entry = reader.poll(); entry != null; entry = reader.poll()) {
                check(entry.sequence() == next++, "number " + entry.sequence());
                LogEntry was = log.entries().get(Math.toIntExact(entry.sequence()));
                check(entry.record().equals(was.record()), "another record came back as " + entry.sequence());
                checkTime(was, entry, damaged);
                check(back.add(entry.sequence()), "record " + entry.sequence() + " came back twice");
            }
        }
    }

    /** Exact where its segment has its header still, which says when it began; about right elsewhere, if any later one has. */
    private void checkTime(LogEntry was, LogEntry now, Image damaged) {
        boolean isExact = log.hasHeaderOf(was, damaged);
        Duration off = Duration.between(was.appendedAt(), now.appendedAt()).abs();
        check(
                isExact ? off.isZero() : !log.hasHeaderBehind(was, damaged) || off.compareTo(log.span()) <= 0,
                "record %d was appended at %s, and came back with %s"
                        .formatted(was.sequence(), was.appendedAt(), now.appendedAt()));
    }

    private void readUnnumbered(Wal wal, Set<Long> back) {
        long last = -1;
        for (LogEntry entry : SmallLog.read(wal)) {
            LogEntry was = log.entries().stream()
                    .filter(each -> each.record().equals(entry.record()) && !back.contains(each.sequence()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("a record that nobody appended"));
            check(was.sequence() > last, "record %d came back behind %d".formatted(was.sequence(), last));
            last = was.sequence();
            back.add(last);
        }
    }

    /** Every frame of the sound log whose bytes stand where they stood. */
    private void checkIsAll(Image damaged, Set<Long> back) {
        List<Long> missing = log.entries().stream()
                .filter(entry -> log.stands(entry, damaged) && !back.contains(entry.sequence()))
                .map(LogEntry::sequence)
                .toList();
        check(missing.isEmpty(), "records that can be proved did not come back: " + missing);
    }
}
