package dev.nori.wal.damage;

import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.frame.FrameLayout;
import dev.nori.wal.frame.SegmentHeader;
import dev.nori.wal.frame.SegmentName;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where two images of a log begin to differ. */
final class Difference {
    private static final long NOWHERE = Long.MAX_VALUE;

    private final Image before;
    private final Image after;
    private final long firstPosition;

    Difference(Image before, Image after) {
        this.before = before;
        this.after = after;
        Set<String> names = new TreeSet<>(before.files().keySet());
        names.addAll(after.files().keySet());
        this.firstPosition = names.stream().mapToLong(this::positionIn).min().orElse(NOWHERE);
    }

    /** The position of the first frame byte that differs; 0 if a header or the stage does; none if only spare room does. */
    long firstPosition() {
        return firstPosition;
    }

    /** Whether the first segment has no file any more. */
    boolean lacksTheFirstSegment() {
        return !after.files().containsKey(SegmentName.of(0));
    }

    /** Where a file differs first; -1 if it does not, 0 if it is not there. Behind its end a file reads as zeros. */
    int offsetIn(String name) {
        byte[] old = before.files().get(name);
        byte[] now = after.files().get(name);
        if (old == null || now == null) return 0;
        int length = Math.max(old.length, now.length);
        int offset = Arrays.mismatch(Arrays.copyOf(old, length), Arrays.copyOf(now, length));
        return Math.min(offset, now.length); // a frame may end in zeros, and is none without them
    }

    private long positionIn(String name) {
        int offset = offsetIn(name);
        if (offset < 0) return isStageOfAnotherSize(name) ? 0 : NOWHERE;
        byte[] old = before.files().get(name);
        if (!name.endsWith(".wal") || old == null) return 0;
        @Nullable SegmentHeader header = Claims.header(old);
        if (header == null) return NOWHERE; // prepared, not begun: nothing in it counts
        if (offset < FrameLayout.BLOCK_BYTES) return 0;
        return offset < header.framesEndOffset() ? header.positionAt(offset) : NOWHERE;
    }

    /** What a ring holds depends on its size: a stage that was cut is none, even if only zeros are gone. */
    private boolean isStageOfAnotherSize(String name) {
        byte[] old = before.files().get(name);
        byte[] now = after.files().get(name);
        return name.equals(Assembly.STAGE_NAME) && old != null && now != null && old.length != now.length;
    }
}
