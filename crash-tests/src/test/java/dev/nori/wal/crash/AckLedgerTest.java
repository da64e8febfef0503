package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AckLedgerTest {
    private final AckLedger ledger = new AckLedger();

    @Test
    void keepsAcknowledgementsInTheirTurn() {
        ledger.acknowledged(3, 0, 100, 7);
        ledger.acknowledged(1, 0, 50, 8);
        assertEquals(new Ack(0, 3, 0, 100, 7), ledger.acks().getFirst());
        assertEquals(new Ack(1, 1, 0, 50, 8), ledger.acks().getLast());
    }

    @Test
    void marksHowFarItIs() {
        ledger.acknowledged(0, 0, 0, 0);
        ledger.durableTo(90);
        AckLedger.Mark mark = ledger.mark();
        ledger.acknowledged(0, 1, 100, 0);
        assertEquals(new AckLedger.Mark(1, 90, 0), mark);
    }

    @Test
    void doesNotTakeBackWhatWasDurable() {
        ledger.durableTo(90);
        ledger.durableTo(50);
        assertEquals(90, ledger.mark().durableEnd());
    }

    @Test
    void waitsForAnAcknowledgementOfAnotherThread() throws InterruptedException {
        Thread.ofPlatform().start(() -> ledger.acknowledged(0, 0, 0, 0));
        assertTrue(ledger.await(1));
    }

    @Test
    void stopsWaitingWhenNothingMoreWillCome() throws InterruptedException {
        Thread.ofPlatform().start(ledger::end);
        assertFalse(ledger.await(1));
    }

    @Test
    void stopsWaitingWhenTheTimeIsUp() throws InterruptedException {
        assertFalse(ledger.await(1, 1));
    }

    @Test
    void countsADeedOnceItHasReturned() {
        ledger.acknowledged(0, 0, 0, 0);
        ledger.begun(new Deed.SetMetadata(1));
        assertEquals(0, ledger.mark().deeds());
        ledger.done(Front.OF_ALL);
        assertEquals(1, ledger.mark().deeds());
        assertEquals(List.of(new Undertaken(new Deed.SetMetadata(1), 1, Optional.of(Front.OF_ALL))), ledger.deeds());
    }

    @Test
    void takesForDurableWhatACutHasLeftAndNoMore() {
        ledger.durableTo(90);
        ledger.readTo(90);
        ledger.begun(new Deed.TruncateAfter(50));
        ledger.done(Front.OF_ALL);
        assertEquals(50, ledger.mark().durableEnd());
        assertEquals(50, ledger.readEnd());
    }

    @Test
    void refusesADeedBeforeTheLastOneHasReturned() {
        ledger.begun(new Deed.Reset(1));
        assertThrows(IllegalArgumentException.class, () -> ledger.begun(new Deed.Reset(2)));
    }

    @Test
    void refusesTheReturnOfADeedThatWasNotAnnounced() {
        assertThrows(IllegalArgumentException.class, () -> ledger.done(Front.OF_ALL));
    }
}
