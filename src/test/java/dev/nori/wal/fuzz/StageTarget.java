package dev.nori.wal.fuzz;

import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.damage.Image;
import dev.nori.wal.damage.SmallLog;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.handoff.StageLayout;
import dev.nori.wal.io.IoFailure;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The stage of a killed process behind segments that are sound. The input says how, where the cursors stand from the end of the
 * segments' frames on, perhaps which segment begins within the ring, and what the ring holds from there on; frames in it are given right
 * checksums. Whatever it is, records in the segments come back.
 */
public final class StageTarget {
    private static final int AS_THEY_ARE = 1;
    private static final int BEGINS_A_SEGMENT = 2;
    private static final int UNIT_BYTES = 8;
    private static final int FIRST_CURSOR = 64;
    private static final int LAST_CURSOR = 256;
    private static final int CURSOR_STEP = 64;
    private static final int CURSORS_BYTES = 8;
    private static final int FIRST_SLOT = 1024;
    private static final int SLOT_BYTES = 96;

    private static final SmallLog LOG = log();
    private static final StageFile.Left LEFT = left();
    private static final long RECORDS = LOG.entries().stream()
            .filter(entry -> entry.next().bytes() <= LEFT.written())
            .count();

    private StageTarget() {}

    private static SmallLog log() {
        try {
            return SmallLog.ending(SmallLog.Ending.KILLED);
        } catch (IoFailure e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static StageFile.Left left() {
        byte[] bytes = LOG.image().bytes(Assembly.STAGE_NAME);
        MemorySegment stage = dev.nori.wal.io.AlignedMemory.blocks(bytes.length);
        stage.copyFrom(MemorySegment.ofArray(bytes));
        return StageFile.parse(stage).readable().orElseThrow();
    }

    /** It opens with all that the segments hold, or is refused. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        if (bytes.length < 1 + CURSORS_BYTES) return;
        Image image = LOG.image();
        byte[] stage = image.bytes(Assembly.STAGE_NAME).clone();
        fill(ByteBuffer.wrap(stage).order(ByteOrder.LITTLE_ENDIAN), ByteBuffer.wrap(bytes));
        Openings.open(image.with(Assembly.STAGE_NAME, stage), LOG.entries().subList(0, (int) RECORDS));
    }

    private static void fill(ByteBuffer stage, ByteBuffer input) {
        int how = input.get();
        for (int at = FIRST_CURSOR; at <= LAST_CURSOR; at += CURSOR_STEP) {
            stage.putLong(at, LEFT.written() + (long) input.getShort() * UNIT_BYTES);
        }
        if ((how & BEGINS_A_SEGMENT) != 0 && input.remaining() >= SLOT_BYTES) begin(stage, input);
        byte[] frames = new byte[Math.min(input.remaining(), (int) LEFT.ring().bytes())];
        input.get(frames);
        if ((how & AS_THEY_ARE) == 0) seal(frames);
        for (int i = 0; i < frames.length; i++) stage.put(inRing(LEFT.written() + i), frames[i]);
    }

    private static void begin(ByteBuffer stage, ByteBuffer input) {
        byte[] slot = new byte[SLOT_BYTES];
        input.get(slot);
        Seal.header(slot, Long.BYTES);
        stage.put(FIRST_SLOT, slot);
    }

    private static void seal(byte[] frames) {
        int at = 0;
        for (int length = 1; length > 0; at += length) {
            length = Seal.frame(frames, at, LEFT.written() + at, LEFT.generation());
        }
    }

    private static int inRing(long position) {
        return (int) (StageLayout.HEADER_BYTES + position % LEFT.ring().bytes());
    }
}
