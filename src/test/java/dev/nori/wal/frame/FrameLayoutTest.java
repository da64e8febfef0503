package dev.nori.wal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nori.wal.WalConfig;
import org.junit.jupiter.api.Test;

class FrameLayoutTest {
    @Test
    void framesAreMultiplesOfEight() {
        assertEquals(16, FrameLayout.frameBytes(0));
        assertEquals(24, FrameLayout.frameBytes(1));
        assertEquals(24, FrameLayout.frameBytes(8));
        assertEquals(32, FrameLayout.frameBytes(9));
        assertEquals(FrameLayout.MARK_BYTES, FrameLayout.frameBytes(FrameLayout.MARK_PAYLOAD_BYTES));
    }

    @Test
    void blocksBeginAtMultiplesOf4096() {
        assertEquals(0, FrameLayout.blockFloor(4095));
        assertEquals(4096, FrameLayout.blockFloor(4096));
        assertEquals(4096, FrameLayout.blockCeil(1));
        assertEquals(4096, FrameLayout.blockCeil(4096));
        assertEquals(1L << 40, FrameLayout.blockCeil((1L << 40) - 1));
    }

    @Test
    void headerWordsKeepEveryFieldApart() {
        assertEquals(0xFFFF_FFFE_FFFF_FFFFL, FrameLayout.headerWord0(-1, -2));
        assertEquals(0xFFFF_FFFF_8001_F002L, FrameLayout.headerWord1((byte) 2, (byte) 0xF0, 0x8001, -1));
        assertEquals(1, FrameLayout.headerWord1((byte) 1, (byte) 0, 0, 0));
    }

    @Test
    void theLongestPayloadJustFitsIntoTheLargestSegment() {
        SegmentHeader largest = new SegmentHeader(1, 0, 0, 0, 0, 1, WalConfig.MAX_SEGMENT_BYTES, 0);
        assertEquals(largest.framesEndPosition(), FrameLayout.frameBytes(FrameLayout.MAX_PAYLOAD_BYTES));
        assertEquals(WalConfig.MAX_SEGMENT_BYTES, FrameLayout.MAX_SEGMENT_BYTES);
    }
}
