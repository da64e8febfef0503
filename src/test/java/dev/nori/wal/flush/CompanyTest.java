package dev.nori.wal.flush;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nori.wal.handoff.Waiters;
import org.junit.jupiter.api.Test;

/** Each look at the clock takes 10 µs, and somebody may come meanwhile. */
class CompanyTest {
    private static final long LOOK_NANOS = 10_000;
    private static final long LONG_SYNC_NANOS = 10_000_000;

    private final Waiters waiters = new Waiters();
    private final Company company = new Company(waiters, this::look);
    private long nanos;
    private int yetToCome;

    private long look() {
        if (yetToCome-- > 0) waiters.enter(1);
        return nanos += LOOK_NANOS;
    }

    @Test
    void leavesAtOnceBeforeThereWasASync() {
        company.await(0);
        assertWaited(0);
    }

    @Test
    void leavesAtOnceWithALoneCaller() {
        company.synced(1, LONG_SYNC_NANOS);
        company.await(1);
        assertWaited(0);
    }

    @Test
    void leavesAtOnceWithALoneCallerForWhomAnotherLeads() {
        company.synced(1, LONG_SYNC_NANOS);
        company.await(0);
        assertWaited(0);
    }

    @Test
    void leavesAsSoonAsAllAreThere() {
        company.synced(4, LONG_SYNC_NANOS);
        yetToCome = 100;
        company.await(0);
        assertEquals(4, waiters.count());
    }

    @Test
    void countsTheOneWhoLeads() {
        company.synced(4, LONG_SYNC_NANOS);
        yetToCome = 100;
        company.await(1);
        assertEquals(3, waiters.count());
    }

    @Test
    void leavesAtOnceIfAllAreThere() {
        company.synced(2, LONG_SYNC_NANOS);
        waiters.enter(1);
        company.await(1);
        assertWaited(0);
    }

    @Test
    void leavesWithoutThoseWhoDoNotComeAfterHalfOfTheLastSync() {
        company.synced(4, 80_000);
        company.await(0);
        assertWaited(40_000);
    }

    @Test
    void neverWaitsLongerThanATenthOfAMillisecond() {
        company.synced(4, LONG_SYNC_NANOS);
        company.await(0);
        assertWaited(100_000);
    }

    /** Beside the first look. */
    private void assertWaited(long expected) {
        assertEquals(expected, Math.max(0, nanos - LOOK_NANOS));
    }
}
