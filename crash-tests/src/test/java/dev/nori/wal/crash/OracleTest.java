package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists by hand: records of writer 0 are at 0, 100, 200 and so on. */
class OracleTest {
    private static final FsyncPolicy ALWAYS = FsyncPolicy.always();
    private static final FsyncPolicy BATCH = FsyncPolicy.batch(Duration.ofNanos(5));

    private final Oracle oracle = new Oracle();
    private long generation;

    @Test
    void acceptsWhatWasAcknowledged() {
        acknowledged(3);
        assertHolds(judge(back(3)));
    }

    @Test
    void acceptsWhatAWriterHadInHand() {
        acknowledged(3);
        assertHolds(judge(back(4)));
    }

    @Test
    void acceptsAnEmptyLogWhenNothingWasAcknowledged() {
        assertHolds(judge(List.of()));
    }

    @Test
    void noticesALostTail() {
        acknowledged(3);
        Verdict verdict = judge(back(1));
        assertEquals(2, verdict.lost());
        assertFalse(verdict.holds());
    }

    @Test
    void noticesAHoleInTheSequence() {
        acknowledged(2);
        assertTrue(judge(List.of(entry(0, 0, 0, 0), entry(2, 100, 0, 1))).holes() > 0);
    }

    @Test
    void noticesAHoleInAWritersCount() {
        acknowledged(1);
        assertTrue(judge(List.of(entry(0, 0, 0, 0), entry(1, 200, 0, 2))).holes() > 0);
    }

    @Test
    void noticesThatAnAcknowledgedRecordIsMissingBeforeOneThatIsBack() {
        List<Ack> acks = List.of(new Ack(0, 0, 0, 0, 1), new Ack(1, 1, 0, 100, 2), new Ack(2, 0, 1, 200, 3));
        Cut cut = new Cut.Power(new AckLedger.Mark(0, 0, 0), 10, Duration.ZERO);
        oracle.ended(Session.of(FsyncPolicy.os(), 0, 2, 1, acks, cut));
        Verdict verdict = judge(List.of(entry(0, 0, 0, 0), entry(1, 200, 0, 1)));
        assertEquals(0, verdict.lost());
        assertEquals(1, verdict.holes());
    }

    @Test
    void noticesAnotherOrder() {
        acknowledged(2);
        assertTrue(judge(List.of(entry(0, 0, 0, 1), entry(1, 100, 0, 0))).reordered() > 0);
    }

    @Test
    void noticesPositionsThatDoNotGrow() {
        acknowledged(0);
        assertTrue(judge(List.of(entry(0, 100, 0, 0), entry(1, 100, 0, 1))).reordered() > 0);
    }

    @Test
    void noticesThatARecordIsBackInAnotherPlaceThanItWasGiven() {
        acknowledged(1);
        assertEquals(1, judge(List.of(entry(0, 50, 0, 0))).reordered());
    }

    @Test
    void noticesARecordThatIsThereTwice() {
        acknowledged(1);
        assertTrue(judge(List.of(entry(0, 0, 0, 0), entry(1, 100, 0, 0))).invented() > 0);
    }

    @Test
    void noticesARecordThatNobodyHadComeTo() {
        acknowledged(1);
        assertEquals(1, judge(back(3)).invented());
    }

    @Test
    void noticesAWriterThatNeverWas() {
        acknowledged(1);
        assertEquals(1, judge(List.of(entry(0, 0, 0, 0), entry(1, 100, 9, 0))).invented());
    }

    @Test
    void noticesDamage() {
        acknowledged(1);
        assertEquals(
                1, judge(List.of(new Entry(0, 0, RecordId.single(0, 0), false))).damaged());
    }

    @Test
    void noticesABatchWithoutItsEnd() {
        oracle.ended(Session.of(ALWAYS, 0, 1, 8, List.of(), new Cut.Kill()));
        assertEquals(1, judge(List.of(member(0, 0, 3), member(1, 1, 3))).halfBatches());
    }

    @Test
    void noticesABatchWithoutItsBeginning() {
        oracle.ended(Session.of(ALWAYS, 0, 1, 8, List.of(), new Cut.Kill()));
        assertTrue(judge(List.of(entry(0, 0, 0, 0), member(1, 1, 2))).halfBatches() > 0);
    }

    @Test
    void noticesABatchThatAnotherRecordInterrupts() {
        oracle.ended(Session.of(ALWAYS, 0, 2, 8, List.of(), new Cut.Kill()));
        List<Entry> back = List.of(member(0, 0, 2), entry(1, 1, 1, 0), member(2, 1, 2));
        assertTrue(judge(back).halfBatches() > 0);
    }

    @Test
    void acceptsABatchThatIsWhole() {
        oracle.ended(Session.of(ALWAYS, 0, 1, 8, List.of(), new Cut.Kill()));
        assertHolds(judge(List.of(member(0, 0, 2), member(1, 1, 2))));
    }

    @Test
    void wantsBackWhatOneRecoveryHadBroughtBack() {
        acknowledged(2);
        assertHolds(judge(back(3)));
        assertEquals(1, judge(back(2)).lost());
    }

    @Test
    void wantsBackWhatWasReadBeforeTheReaderWasKilled() {
        List<Entry> seen = back(2);
        oracle.ended(new Session(0, 1, 1, List.of(), List.of(), List.of(), false, new Cut.Kill(), History.NONE));
        oracle.ended(new Session(16, 1, 1, List.of(), List.of(), seen, false, new Cut.Kill(), History.NONE));
        assertEquals(1, judge(back(1)).lost());
    }

    @Test
    void doesNotWantBackWhatOneRecoveryHadCutOff() {
        acknowledged(1);
        assertHolds(judge(back(1)));
        Verdict verdict = judge(back(2));
        assertEquals(1, verdict.invented());
    }

    @Test
    void noticesAGenerationThatWasUsedBefore() {
        assertHolds(judge(List.of()));
        generation--;
        assertEquals(1, judge(List.of()).misreported());
    }

    @Test
    void noticesAReportThatCountsWrong() {
        Opened opened = new Opened("TornTail", IoMode.NIO, 7, 0, 0, 0, 7, 1, 0, 0, Kept.NOTHING);
        assertEquals(2, oracle.judge(opened, List.of()).misreported());
    }

    @Test
    void noticesATornTailAfterAnOrderlyClose() {
        oracle.ended(new Session(0, 1, 1, List.of(), List.of(), List.of(), true, new Cut.Kill(), History.NONE));
        assertEquals(1, judge(List.of()).misreported());
    }

    @Test
    void owesUnderAlwaysWhatWasAcknowledgedBeforeTheCutWasOrdered() {
        cutPower(ALWAYS, new AckLedger.Mark(2, 0, 0));
        assertHolds(judge(back(2)));
    }

    @Test
    void noticesThatAlwaysLost() {
        cutPower(ALWAYS, new AckLedger.Mark(2, 0, 0));
        assertEquals(1, judge(back(1)).lost());
    }

    @Test
    void owesUnderBatchWhatIsOlderThanTheWindow() {
        cutPower(BATCH, new AckLedger.Mark(5, 0, 0)); // at 10; acknowledged at 0, 1, 2, 3, 4
        assertHolds(judge(back(4)));
    }

    @Test
    void noticesThatBatchLostMoreThanItsWindow() {
        cutPower(BATCH, new AckLedger.Mark(5, 0, 0));
        Verdict verdict = judge(back(2));
        assertEquals(2, verdict.lost());
        assertEquals(Duration.ofNanos(8), verdict.lossWindow());
    }

    @Test
    void measuresALossThatThePolicyAllows() {
        cutPower(FsyncPolicy.os(), new AckLedger.Mark(5, 0, 0));
        Verdict verdict = judge(back(1));
        assertHolds(verdict);
        assertEquals(Duration.ofNanos(9), verdict.lossWindow());
    }

    @Test
    void noticesThatOsLostWhatASyncCovered() {
        cutPower(FsyncPolicy.os(), new AckLedger.Mark(5, 201, 0));
        assertEquals(1, judge(back(2)).lost());
    }

    @Test
    void judgesALogOnItsOwnByHowFarItReaches() {
        Opened opened = new Opened("TornTail", IoMode.NIO, 2, 0, 200, 0, 2, 1, 0, 0, Kept.NOTHING);
        assertHolds(Oracle.judgeAlone(opened, back(2), 200));
        assertEquals(1, Oracle.judgeAlone(opened, back(2), 201).lost());
    }

    private void acknowledged(int count) {
        oracle.ended(Session.of(ALWAYS, 0, 1, 1, acks(count), new Cut.Kill()));
    }

    /** Five acknowledged at 0 to 4, the cut at 10. */
    private void cutPower(FsyncPolicy policy, AckLedger.Mark before) {
        oracle.ended(Session.of(policy, 0, 1, 1, acks(5), new Cut.Power(before, 10, Duration.ofNanos(1))));
    }

    private static List<Ack> acks(int count) {
        List<Ack> acks = new ArrayList<>();
        for (int i = 0; i < count; i++) acks.add(new Ack(i, 0, i, 100L * i, i));
        return acks;
    }

    private static List<Entry> back(int count) {
        Entry[] back = new Entry[count];
        Arrays.setAll(back, i -> entry(i, 100L * i, 0, i));
        return List.of(back);
    }

    private static Entry entry(long sequence, long position, int writer, long n) {
        return new Entry(sequence, position, RecordId.single(writer, n), true);
    }

    private static Entry member(long sequence, int index, int size) {
        return new Entry(sequence, sequence, new RecordId(0, index, index, size), true);
    }

    private Verdict judge(List<Entry> back) {
        Opened opened =
                new Opened("TornTail", IoMode.NIO, back.size(), 0, 0, 0, back.size(), ++generation, 0, 0, Kept.NOTHING);
        return oracle.judge(opened, back);
    }

    private static void assertHolds(Verdict verdict) {
        assertTrue(verdict.holds(), verdict::inWords);
    }
}
