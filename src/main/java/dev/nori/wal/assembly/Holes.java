package dev.nori.wal.assembly;

import dev.nori.wal.LostRange;
import dev.nori.wal.Position;
import dev.nori.wal.SalvageReport;
import dev.nori.wal.SalvageReport.Hole;
import dev.nori.wal.Verdict;
import dev.nori.wal.recover.ProvedRun;
import dev.nori.wal.recover.Survey;
import java.util.ArrayList;
import java.util.List;

/** What lies between the parts of a log that were proved. */
final class Holes {
    private Holes() {}

    static List<Hole> of(Survey.Surveyed found) {
        List<Hole> holes = new ArrayList<>();
        for (Survey.Doubt doubt : found.doubts()) {
            boolean inSegments = doubt.damage().segment() != Verdict.NO_SEGMENT;
            if (inSegments) addBetween(found, doubt.damage(), holes);
            else holes.add(whole(doubt.damage()));
        }
        return holes;
    }

    /** Damage that takes nothing from the segments. */
    private static Hole whole(Verdict.Damage damage) {
        LostRange lost = damage.lost();
        boolean isKnown = lost.nextSequence() > lost.firstSequence() || lost.equals(LostRange.NO_RECORDS);
        return new Hole(
                damage.file(),
                damage.offsetBytes(),
                lost.from(),
                lost.to(),
                lost.firstSequence(),
                isKnown ? lost.nextSequence() : SalvageReport.UNKNOWN,
                damage.what());
    }

    private static void addBetween(Survey.Surveyed found, Verdict.Damage damage, List<Hole> holes) {
        long end = found.keptEnd();
        long sequence = found.keptSequence();
        String file = damage.file();
        long offset = damage.offsetBytes();
        String what = damage.what();
        for (ProvedRun run : found.runs()) {
            if (end != found.keptEnd()) {
                file = run.at().file();
                offset = run.at().offsetBytes();
                what = run.why();
            }
            holes.add(new Hole(
                    file, offset, at(end), at(Math.max(end, run.from())), sequence, run.firstSequence(), what));
            end = run.to();
            sequence = run.nextSequence();
        }
        long durable = damage.lost().to().bytes();
        if (found.runs().isEmpty() || durable > end) {
            holes.add(
                    new Hole(file, offset, at(end), at(Math.max(end, durable)), sequence, SalvageReport.UNKNOWN, what));
        }
    }

    private static Position at(long position) {
        return new Position(position);
    }
}
