package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lists by hand: record n of writer 0 is at 100 n, until something else is said. */
class OracleOfDeedsTest {
    private static final Deed TRIM_200 = new Deed.TruncateBefore(250);
    private static final Deed CUT_200 = new Deed.TruncateAfter(200);
    private static final Deed RESET_70 = new Deed.Reset(70);
    private static final Front AT_200 = new Front(200, 2);

    private final Oracle oracle = new Oracle();
    private final List<Ack> acks = new ArrayList<>();
    private final List<Undertaken> deeds = new ArrayList<>();
    private Front front = Front.OF_ALL;
    private Kept kept = Kept.NOTHING;
    private long readEnd;
    private long end = 10_000;
    private long generation;

    // ---- the front

    @Test
    void acceptsTheFrontThatATrimHasToldOf() {
        acknowledge(0, 1, 2, 3);
        did(TRIM_200, AT_200);
        killed();
        assertHolds(beginning(AT_200).judge(2, 3));
    }

    @Test
    void noticesThatATrimmedFrontIsBack() {
        acknowledge(0, 1, 2, 3);
        did(TRIM_200, AT_200);
        killed();
        assertEquals(1, judge(0, 1, 2, 3).invented());
    }

    @Test
    void noticesARecordThatIsMissingBehindTheFront() {
        acknowledge(0, 1, 2, 3);
        did(TRIM_200, AT_200);
        killed();
        assertEquals(1, beginning(AT_200).judge(2).lost());
    }

    @Test
    void acceptsBothFrontsWhileATrimIsUnderWay() {
        acknowledge(0, 1, 2, 3);
        will(TRIM_200);
        killed();
        assertHolds(beginning(AT_200).judge(2, 3));
        killed();
        assertHolds(beginning(AT_200).judge(2, 3));
    }

    @Test
    void acceptsTheOldFrontIfATrimWasUnderWay() {
        acknowledge(0, 1, 2, 3);
        will(TRIM_200);
        killed();
        assertHolds(judge(0, 1, 2, 3));
    }

    @Test
    void noticesAFrontThatIsTrimmedFurtherThanWasAsked() {
        acknowledge(0, 1, 2, 3);
        will(TRIM_200);
        killed();
        assertEquals(1, beginning(new Front(300, 3)).judge(3).lost());
    }

    @Test
    void noticesAFrontThatNobodyTrimmed() {
        acknowledge(0, 1, 2);
        killed();
        assertTrue(beginning(AT_200).judge(2).lost() > 0);
    }

    @Test
    void noticesARecordBeforeTheFront() {
        acknowledge(0, 1, 2, 3);
        did(TRIM_200, AT_200);
        killed();
        Verdict verdict = beginning(AT_200).judge(List.of(entry(2, 100, 1), entry(3, 200, 2), entry(4, 300, 3)));
        assertFalse(verdict.holds());
    }

    // ---- the end

    @Test
    void acceptsWhatFollowsACut() {
        acknowledge(0, 1, 2, 3);
        did(CUT_200, front);
        acks.add(new Ack(4, 0, 4, 200, 4));
        killed();
        assertHolds(judge(List.of(entry(0, 0, 0), entry(1, 100, 1), entry(2, 200, 4))));
    }

    @Test
    void noticesThatWhatWasCutOffIsBack() {
        acknowledge(0, 1, 2, 3);
        did(CUT_200, front);
        killed();
        assertEquals(2, judge(0, 1, 2, 3).invented());
    }

    @Test
    void noticesThatWhatWasCutOffIsBackTwoRecoveriesLater() {
        acknowledge(0, 1, 2);
        did(CUT_200, front);
        killed();
        assertHolds(judge(0, 1));
        assertEquals(1, judge(0, 1, 2).invented());
    }

    @Test
    void noticesThatWhatACutHadLeftIsLost() {
        acknowledge(0, 1, 2, 3);
        did(CUT_200, front);
        killed();
        assertEquals(1, judge(0).lost());
    }

    @Test
    void acceptsACutThatIsUnderWayDoneOrNotDone() {
        acknowledge(0, 1, 2, 3);
        will(CUT_200);
        killed();
        assertHolds(judge(0, 1, 2, 3));
        will(CUT_200);
        killed();
        assertHolds(judge(0, 1));
    }

    @Test
    void noticesHalfACut() {
        acknowledge(0, 1, 2, 3);
        will(CUT_200);
        killed();
        assertFalse(judge(0, 1, 2).holds());
    }

    @Test
    void noticesThatPowerTookWhatACutHadLeft() {
        acknowledge(0, 1, 2, 3);
        did(CUT_200, front);
        powerCut(new AckLedger.Mark(4, 0, 1));
        assertEquals(1, judge(0).lost());
    }

    @Test
    void doesNotOweWhatStandsWhereSomethingDurableWasCutOff() {
        acknowledge(0, 1, 2, 3);
        will(CUT_200);
        did(CUT_200, front);
        acks.add(new Ack(4, 0, 4, 200, 4));
        powerCut(new AckLedger.Mark(4, 400, 0)); // taken before the cut began
        assertHolds(judge(0, 1));
    }

    @Test
    void noticesAHoleThatNoCutExplains() {
        acknowledge(0, 1, 2, 3);
        did(CUT_200, front);
        acks.add(new Ack(4, 0, 4, 200, 4));
        acks.add(new Ack(5, 0, 5, 300, 5));
        killed();
        Verdict verdict = judge(List.of(entry(0, 0, 0), entry(1, 100, 1), entry(2, 300, 5)));
        assertTrue(verdict.holes() > 0);
        assertEquals(1, verdict.lost());
    }

    @Test
    void wantsNothingOfALifeThatCameAfterACutWhichThePowerTook() {
        aLifeAfterACutWhichThePowerMayTake();
        assertHolds(judge(0, 1, 2, 3)); // record 4 stood where 2 does
    }

    @Test
    void acceptsThatALifeBeganAfterACutThatWasUnderWayOrDidNot() {
        acknowledge(0, 1, 2, 3);
        aLifeAfterACutThatWasUnderWay();
        assertHolds(judge(0, 1, 2, 3)); // the power went before the next life carried the cut out
        aLifeAfterACutThatWasUnderWay();
        assertHolds(judge(List.of(entry(0, 0, 0), entry(1, 100, 1), entry(2, 200, 4))));
    }

    private void aLifeAfterACutThatWasUnderWay() {
        will(CUT_200);
        powerCut(new AckLedger.Mark(acks.size(), 0, 0));
        acks.add(new Ack(0, 0, 4, 200, 4));
        powerCut(new AckLedger.Mark(0, 0, 0));
    }

    @Test
    void noticesARecordOfALifeThatCameAfterACutWhichThePowerTook() {
        aLifeAfterACutWhichThePowerMayTake();
        assertEquals(1, judge(0, 1, 2, 3, 4).invented());
    }

    private void aLifeAfterACutWhichThePowerMayTake() {
        acknowledge(0, 1, 2, 3);
        did(CUT_200, front);
        powerCut(new AckLedger.Mark(4, 0, 0));
        acks.add(new Ack(0, 0, 4, 200, 4));
        powerCut(new AckLedger.Mark(0, 0, 0));
    }

    // ---- all of it

    @Test
    void acceptsAResetThatIsUnderWayDoneOrNotDone() {
        acknowledge(0, 1, 2);
        will(RESET_70);
        killed();
        assertHolds(judge(0, 1, 2));
        will(RESET_70);
        killed();
        assertHolds(beginning(new Front(4096, 70)).judge());
    }

    @Test
    void noticesThatARecordIsBackAfterAReset() {
        acknowledge(0, 1);
        did(RESET_70, new Front(4096, 70));
        killed();
        assertTrue(judge(0, 1).invented() > 0);
    }

    @Test
    void noticesAResetThatForgotItsNumber() {
        acknowledge(0, 1);
        did(RESET_70, new Front(4096, 70));
        killed();
        assertFalse(beginning(new Front(4096, 0)).judge().holds());
    }

    // ---- what is kept

    @Test
    void acceptsTheMetadataThatWereSetLast() {
        did(new Deed.SetMetadata(1), front);
        did(new Deed.SetMetadata(2), front);
        powerCut(new AckLedger.Mark(0, 0, 2));
        assertHolds(keeping(new Kept(2, 0, 0)).judge());
    }

    @Test
    void acceptsThoseThatWereBeingSet() {
        did(new Deed.SetMetadata(1), front);
        will(new Deed.SetMetadata(2));
        powerCut(new AckLedger.Mark(0, 0, 1));
        assertHolds(keeping(new Kept(2, 0, 0)).judge());
    }

    @Test
    void acceptsThoseBeforeThem() {
        did(new Deed.SetMetadata(1), front);
        will(new Deed.SetMetadata(2));
        powerCut(new AckLedger.Mark(0, 0, 1));
        assertHolds(keeping(new Kept(1, 0, 0)).judge());
    }

    @Test
    void noticesThatMetadataAreLost() {
        did(new Deed.SetMetadata(1), front);
        did(new Deed.SetMetadata(2), front);
        powerCut(new AckLedger.Mark(0, 0, 2));
        assertEquals(1, keeping(new Kept(1, 0, 0)).judge().lost());
    }

    @Test
    void noticesMetadataThatAreTorn() {
        will(new Deed.SetMetadata(1));
        killed();
        assertEquals(1, keeping(new Kept(Kept.TORN, 0, 0)).judge().damaged());
    }

    @Test
    void noticesThatACheckpointIsLost() {
        acknowledge(0, 1);
        did(new Deed.Checkpoint(200, 5), front);
        killed();
        assertEquals(1, judge(0, 1).lost());
    }

    @Test
    void noticesACheckpointInAnotherPlace() {
        acknowledge(0, 1);
        did(new Deed.Checkpoint(200, 5), front);
        killed();
        assertEquals(1, keeping(new Kept(0, 5, 100)).judge(0, 1).lost());
    }

    @Test
    void noticesACheckpointBeyondTheEnd() {
        will(new Deed.Checkpoint(200, 5));
        killed();
        end = 100;
        assertEquals(1, keeping(new Kept(0, 5, 200)).judge().misreported());
    }

    @Test
    void noticesThatPowerTookWhatACheckpointSpeaksOf() {
        acknowledge(0, 1, 2);
        will(new Deed.Checkpoint(200, 5));
        powerCut(new AckLedger.Mark(3, 0, 0));
        assertEquals(1, keeping(new Kept(0, 5, 200)).judge(0).lost());
    }

    @Test
    void doesNotOweWhatACheckpointSpeaksOfThatDidNotComeToBe() {
        acknowledge(0, 1, 2);
        will(new Deed.Checkpoint(200, 5));
        powerCut(new AckLedger.Mark(3, 0, 0));
        assertHolds(judge(0));
    }

    @Test
    void noticesACheckpointThatOutlivesWhatItSpokeOf() {
        acknowledge(0, 1, 2, 3);
        did(new Deed.Checkpoint(300, 5), front);
        did(CUT_200, front);
        killed();
        assertEquals(1, keeping(new Kept(0, 5, 300)).judge(0, 1).lost());
    }

    @Test
    void acceptsACheckpointThatACutHasLeft() {
        acknowledge(0, 1, 2, 3);
        did(new Deed.Checkpoint(200, 5), front);
        did(CUT_200, front);
        killed();
        assertHolds(keeping(new Kept(0, 5, 200)).judge(0, 1));
    }

    @Test
    void acceptsACheckpointThatACutHasMovedToTheEnd() {
        acknowledge(0, 1, 2, 3);
        did(new Deed.Checkpoint(200, 5), front);
        did(CUT_200, front);
        killed();
        assertHolds(keeping(new Kept(0, 5, 150)).judge(0, 1));
    }

    @Test
    void noticesACheckpointThatACutHasMovedTooFar() {
        acknowledge(0, 1, 2, 3);
        did(new Deed.Checkpoint(200, 5), front);
        did(CUT_200, front);
        killed();
        assertEquals(1, keeping(new Kept(0, 5, 100)).judge(0, 1).lost());
    }

    @Test
    void wantsAnOldCheckpointBackAsLongAsThereIsNoOther() {
        acknowledge(0, 1);
        did(new Deed.Checkpoint(200, 5), front);
        killed();
        assertHolds(keeping(new Kept(0, 5, 200)).judge(0, 1));
        assertEquals(1, keeping(Kept.NOTHING).judge(0, 1).lost());
    }

    @Test
    void noticesThatALaterDeedIsThereWithoutTheOneBefore() {
        did(new Deed.SetMetadata(1), front);
        did(new Deed.Checkpoint(0, 2), front);
        powerCut(new AckLedger.Mark(0, 0, 0)); // both may be lost, but not only the first
        assertEquals(1, keeping(new Kept(0, 2, 0)).judge().lost());
    }

    // ---- tails

    @Test
    void noticesThatAKillTookWhatATailHadRead() {
        acknowledge(0, 1);
        readEnd = 201;
        killed();
        end = 200;
        assertEquals(1, judge(0, 1).lost());
    }

    @Test
    void doesNotWantBackWhatATailHadReadBeforeItWasCutOff() {
        acknowledge(0, 1, 2);
        will(CUT_200);
        readEnd = 201;
        killed();
        end = 200;
        assertHolds(judge(0, 1));
    }

    // ---- what was done

    private void acknowledge(long... numbers) {
        for (long n : numbers) acks.add(new Ack(acks.size(), 0, n, 100 * n, n));
    }

    private void will(Deed deed) {
        deeds.add(Undertaken.begun(deed, acks.size()));
    }

    private void did(Deed deed, Front begins) {
        if (!deeds.isEmpty() && deeds.getLast().deed().equals(deed)) deeds.removeLast();
        deeds.add(Undertaken.begun(deed, acks.size()).done(begins));
    }

    private void killed() {
        int done = (int) deeds.stream().filter(Undertaken::isDone).count();
        end(new Cut.Kill(), new History(List.copyOf(deeds), done, readEnd));
    }

    private void powerCut(AckLedger.Mark before) {
        end(new Cut.Power(before, 10, Duration.ZERO), new History(List.copyOf(deeds), before.deeds(), 0));
    }

    private void end(Cut cut, History history) {
        oracle.ended(Session.of(FsyncPolicy.os(), 0, 1, 1, acks, cut, history));
        acks.clear();
        deeds.clear();
    }

    // ---- what is found

    private OracleOfDeedsTest beginning(Front found) {
        front = found;
        return this;
    }

    private OracleOfDeedsTest keeping(Kept found) {
        kept = found;
        return this;
    }

    private Verdict judge(long... numbers) {
        List<Entry> back = new ArrayList<>();
        for (long n : numbers) back.add(entry(front.sequence() + back.size(), 100 * n, n));
        return judge(back);
    }

    private Verdict judge(List<Entry> back) {
        long next = front.sequence() + back.size();
        Opened opened = new Opened(
                "TornTail",
                IoMode.NIO,
                back.size(),
                0,
                end,
                front.sequence(),
                next,
                ++generation,
                0,
                front.position(),
                kept);
        return oracle.judge(opened, back);
    }

    private static Entry entry(long sequence, long position, long n) {
        return new Entry(sequence, position, RecordId.single(0, n), true);
    }

    private static void assertHolds(Verdict verdict) {
        assertEquals(Optional.empty(), Optional.of(verdict.inWords()).filter(words -> !verdict.holds()));
    }
}
