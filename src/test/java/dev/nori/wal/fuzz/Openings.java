package dev.nori.wal.fuzz;

import dev.nori.wal.LogEntry;
import dev.nori.wal.VerifyOptions;
import dev.nori.wal.VerifyReport;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.damage.Image;
import dev.nori.wal.damage.ImageStorage;
import dev.nori.wal.damage.SmallLog;
import java.util.List;

/** Opens a hostile log and reads all that it gives. */
final class Openings {
    private static final VerifyOptions ALONE = VerifyOptions.defaults().withParallelism(1);

    private Openings() {}

    /**
     * It opens or is refused with a {@link WalException}, and is verified either way: what opening refuses is found.
     *
     * @param sound records that must come back if it opens
     */
    static void open(Image image, List<LogEntry> sound) {
        VerifyReport report = Assembly.verify(new ImageStorage(image), ALONE);
        try (Wal wal = SmallLog.open(new ImageStorage(image));
                WalReader reader = wal.readFrom(wal.recovery().first())) {
            read(reader, wal.recovery().firstSequence(), sound);
        } catch (WalException.Corrupt | WalException.Unsupported refused) {
            if (String.valueOf(refused.getMessage()).isEmpty()) throw new AssertionError("no reason", refused);
            if (report.isSound()) throw new AssertionError("nothing was found", refused);
        } catch (WalException.Full full) {
            if (String.valueOf(full.getMessage()).isEmpty()) throw new AssertionError("no reason", full);
        }
    }

    private static void read(WalReader reader, long first, List<LogEntry> sound) {
        long next = first;
        for (LogEntry entry = reader.poll(); entry != null; entry = reader.poll(), next++) {
            if (entry.sequence() != next) {
                throw new AssertionError("record %d is numbered %d".formatted(next, entry.sequence()));
            }
            if (next < sound.size() && !entry.equals(sound.get((int) next))) {
                throw new AssertionError("record %d is another".formatted(next));
            }
        }
        if (next < sound.size()) throw new AssertionError("only %d of %d records".formatted(next, sound.size()));
    }
}
