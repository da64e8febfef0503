package dev.nori.wal.fuzz;

import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.damage.Image;
import dev.nori.wal.damage.SmallLog;
import dev.nori.wal.io.IoFailure;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole log, segments and stage, on which the bytes are edits. The first says which log and what is sealed afterwards; an edit is
 * file, offset, length, and what to put there. A log that opens is read to its end.
 */
public final class RecoveryTarget {
    private static final int BLOCK_BYTES = 4096;
    private static final int FIRST_SLOT = 1024;
    private static final int SLOT_BYTES = 128;
    private static final int EDIT_BYTES = 4;
    private static final List<Image> LOGS = logs();

    private RecoveryTarget() {}

    private static List<Image> logs() {
        try {
            List<Image> logs = new ArrayList<>();
            for (SmallLog.Ending ending : SmallLog.Ending.values())
                logs.add(SmallLog.ending(ending).image());
            return logs;
        } catch (IoFailure e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** It opens or is refused with a {@code WalException}; what can be read is read. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        if (bytes.length < 1 + EDIT_BYTES) return;
        Openings.open(hostile(ByteBuffer.wrap(bytes)), List.of());
    }

    private static Image hostile(ByteBuffer input) {
        int how = input.get() & 0xFF;
        Image image = LOGS.get(how % LOGS.size());
        List<String> names = new ArrayList<>(image.files().keySet());
        while (input.remaining() > EDIT_BYTES) {
            String name = names.get((input.get() & 0xFF) % names.size());
            image = image.with(name, edited(image.bytes(name).clone(), input));
        }
        for (String name : names)
            image = image.with(name, sealed(name, image.bytes(name).clone(), how));
        return image;
    }

    /** Offsets count in units of two bytes, so that 16 bits reach all. */
    private static byte[] edited(byte[] file, ByteBuffer input) {
        int offset = (input.getShort() & 0xFFFF) * 2;
        int length = Math.min(input.get() & 0xFF, input.remaining());
        for (int i = 0; i < length; i++) {
            byte value = input.get();
            if (offset + i < file.length) file[offset + i] = value;
        }
        return file;
    }

    private static byte[] sealed(String name, byte[] file, int how) {
        if ((how & 0x40) != 0) return file;
        if (name.equals(Assembly.STAGE_NAME)) {
            for (int at = FIRST_SLOT + Long.BYTES; at < BLOCK_BYTES; at += SLOT_BYTES) sealHeader(file, at);
            return file;
        }
        sealHeader(file, 0);
        if ((how & 0x80) != 0) Seal.footer(file);
        return file;
    }

    /** A header of zeros stays one: it says that the segment is not begun. */
    private static void sealHeader(byte[] file, int at) {
        if (at < file.length && file[at] != 0) Seal.header(file, at);
    }
}
