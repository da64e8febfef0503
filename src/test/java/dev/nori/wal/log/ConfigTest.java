package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.Position;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
    @ParameterizedTest
    @ValueSource(
            longs = {Long.MIN_VALUE, -1, 0, 4096, (1 << 20) - 4096, (1 << 20) + 1, (1 << 20) + 512, (1L << 30) + 4096})
    void refusesASegmentSizeThatIsTooSmallTooLargeOrNoBlock(long bytes) {
        assertThrows(IllegalArgumentException.class, () -> WalConfig.defaults().withMaxSegmentBytes(bytes));
    }

    @ParameterizedTest
    @ValueSource(longs = {1 << 20, (1 << 20) + 4096, 128 << 20, 1 << 30})
    void takesWholeBlocksFrom1MiBTo1GiB(long bytes) {
        assertEquals(bytes, WalConfig.defaults().withMaxSegmentBytes(bytes).maxSegmentBytes());
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1_000_000_001, Long.MAX_VALUE})
    void refusesAWindowThatIsNotPositiveOrLongerThanASecond(long nanos) {
        assertThrows(IllegalArgumentException.class, () -> FsyncPolicy.batch(Duration.ofNanos(nanos)));
    }

    @Test
    void hasTheDefaultsItPromises() {
        WalConfig defaults = WalConfig.defaults();
        assertEquals(128L << 20, defaults.maxSegmentBytes());
        assertEquals(FsyncPolicy.batch(Duration.ofMillis(5)), defaults.fsyncPolicy());
        assertTrue(defaults.preallocate());
        assertEquals(0, defaults.nodeId());
        assertEquals(IoMode.AUTO, defaults.io());
    }

    @Test
    void changesOnePartAtATime() {
        WalConfig config = WalConfig.defaults()
                .withNodeId(7)
                .withIo(IoMode.NIO)
                .withFsyncPolicy(FsyncPolicy.os())
                .withMaxSegmentBytes(1 << 20)
                .withoutPreallocation();
        assertEquals(new WalConfig(1 << 20, FsyncPolicy.os(), false, 7, IoMode.NIO), config);
        assertEquals(new WalConfig(1 << 20, FsyncPolicy.os(), true, 7, IoMode.NIO), config.withPreallocation());
    }

    @Test
    void hasProfilesForWhatPeopleDo() {
        assertEquals(FsyncPolicy.always(), WalConfig.durabilityCritical().fsyncPolicy());
        assertEquals(256L << 20, WalConfig.highThroughput().maxSegmentBytes());
        assertEquals(512L << 20, WalConfig.largeRecords().maxSegmentBytes());
    }

    @SuppressWarnings("NullAway") // callers may not be checked
    @Test
    void isNeverNull() {
        assertThrows(NullPointerException.class, () -> new WalConfig(1 << 20, null, true, 0, IoMode.AUTO));
        assertThrows(NullPointerException.class, () -> new WalConfig(1 << 20, FsyncPolicy.os(), true, 0, null));
    }

    @Test
    void goesWithRecordsAndPositionsThatAreCheckedToo() {
        WalRecord record = Records.numbered(0);
        assertThrows(IllegalArgumentException.class, () -> record.withTtl(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> new Position(-1));
        assertFalse(record.equals(Records.numbered(1)));
    }
}
