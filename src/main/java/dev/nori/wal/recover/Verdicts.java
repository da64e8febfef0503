package dev.nori.wal.recover;

import dev.nori.wal.LostRange;
import dev.nori.wal.Verdict;
import dev.nori.wal.recover.Facts.Cut;
import dev.nori.wal.recover.Facts.End;
import dev.nori.wal.recover.Facts.Format;
import dev.nori.wal.recover.Facts.Front;
import dev.nori.wal.recover.Facts.Notes;
import dev.nori.wal.recover.Facts.Proof;
import dev.nori.wal.recover.Facts.Row;
import dev.nori.wal.recover.Facts.Staged;
import dev.nori.wal.segment.ControlFile;

/**
 * From facts to a verdict, and nothing else: no file, no clock. The first line that fits decides; the compiler sees to it that
 * one does.
 */
final class Verdicts {
    private Verdicts() {}

    static Verdict of(Facts facts) {
        return switch (facts) {
            case Facts(
                    Format.Unknown f,
                    Notes n,
                    Row r,
                    Front o,
                    Cut c,
                    End e,
                    Proof p,
                    Staged s,
                    LostRange l,
                    long b) -> new Verdict.Unsupported(f.what());
            case Facts(Format f, Notes.Lost n, Row r, Front o, Cut c, End e, Proof p, Staged s, LostRange l, long b) ->
                notesLost(n);
            case Facts(
                    Format f,
                    Notes n,
                    Row.Missing r,
                    Front o,
                    Cut c,
                    End e,
                    Proof p,
                    Staged s,
                    LostRange l,
                    long b) -> gap(facts, r);
            case Facts(
                    Format ff,
                    Notes n,
                    Row r,
                    Front.Foreign f,
                    Cut c,
                    End e,
                    Proof p,
                    Staged s,
                    LostRange l,
                    long b) -> corrupt(facts, header(f.file(), f.segment()), f.what());
            case Facts(Format ff, Notes n, Row r, Front.Lost f, Cut c, End e, Proof p, Staged s, LostRange l, long b) ->
                corrupt(facts, header(f.file(), f.segment()), f.what());
            case Facts(
                    Format f,
                    Notes n,
                    Row r,
                    Front o,
                    Cut.OutOfReach c,
                    End.Broken e,
                    Proof p,
                    Staged s,
                    LostRange l,
                    long b) -> corrupt(facts, e.at(), e.why());
            case Facts(
                    Format f,
                    Notes n,
                    Row r,
                    Front o,
                    Cut.OutOfReach c,
                    End e,
                    Proof p,
                    Staged s,
                    LostRange l,
                    long b) -> lost(facts, e.at());
            case Facts(
                    Format f,
                    Notes n,
                    Row r,
                    Front o,
                    Cut.Reached c,
                    End e,
                    Proof p,
                    Staged s,
                    LostRange l,
                    long b) -> new Verdict.TornTail(0);
            case Facts(
                    Format f,
                    Notes n,
                    Row r,
                    Front o,
                    Cut c,
                    End.Broken e,
                    Proof.Behind p,
                    Staged s,
                    LostRange l,
                    long b) -> corrupt(facts, e.at(), e.why());
            case Facts(
                    Format f,
                    Notes n,
                    Row r,
                    Front o,
                    Cut c,
                    End e,
                    Proof.Behind p,
                    Staged s,
                    LostRange l,
                    long b) -> corrupt(facts, e.at(), "zeros where records were");
            case Facts(
                    Format f,
                    Notes n,
                    Row r,
                    Front o,
                    Cut c,
                    End.Broken e,
                    Proof.Elsewhere p,
                    Staged s,
                    LostRange l,
                    long b) -> corrupt(facts, e.at(), e.why());
            case Facts(
                    Format f,
                    Notes n,
                    Row r,
                    Front o,
                    Cut c,
                    End e,
                    Proof.Elsewhere p,
                    Staged s,
                    LostRange l,
                    long b) -> lost(facts, e.at());
            case Facts(
                    Format f,
                    Notes n,
                    Row r,
                    Front o,
                    Cut c,
                    End.Closed e,
                    Proof p,
                    Staged.Lost s,
                    LostRange l,
                    long b) -> new Verdict.Clean();
            case Facts(Format f, Notes n, Row r, Front o, Cut c, End e, Proof p, Staged.Lost s, LostRange l, long b) ->
                stageLost(facts, s);
            case Facts(
                    Format ff,
                    Notes.Absent n,
                    Row r,
                    Front.NotBegun f,
                    Cut c,
                    End e,
                    Proof p,
                    Staged.Nothing s,
                    LostRange l,
                    long b) -> new Verdict.New();
            case Facts(
                    Format f,
                    Notes n,
                    Row r,
                    Front o,
                    Cut c,
                    End.Closed e,
                    Proof p,
                    Staged.Nothing s,
                    LostRange l,
                    long b) -> new Verdict.Clean();
            case Facts(Format f, Notes n, Row r, Front o, Cut c, End e, Proof p, Staged s, LostRange l, long bytes) ->
                new Verdict.TornTail(bytes);
        };
    }

    private static Place header(String file, long segment) {
        return new Place(file, segment, 0);
    }

    private static Verdict notesLost(Notes.Lost notes) {
        String what = notes.what() + ": where the log begins, its metadata and its checkpoint are lost";
        return new Verdict.Corrupt(ControlFile.NAME, Verdict.NO_SEGMENT, 0, what, LostRange.NO_RECORDS);
    }

    private static Verdict gap(Facts facts, Row.Missing row) {
        return new Verdict.Gap(row.file(), row.first(), row.last(), row.what(), facts.lost());
    }

    private static Verdict corrupt(Facts facts, Place at, String why) {
        String what = "damage in what had been durable: " + why;
        return new Verdict.Corrupt(at.file(), at.segment(), at.offsetBytes(), what, facts.lost());
    }

    private static Verdict lost(Facts facts, Place at) {
        String what = "the log had been durable up to position %d, its records end at %d"
                .formatted(facts.lost().to().bytes(), facts.lost().from().bytes());
        return new Verdict.DurableDataLost(at.file(), at.segment(), at.offsetBytes(), what, facts.lost());
    }

    private static Verdict stageLost(Facts facts, Staged.Lost staged) {
        return new Verdict.Corrupt(
                staged.file(), Verdict.NO_SEGMENT, staged.offsetBytes(), staged.what(), facts.lost());
    }
}
