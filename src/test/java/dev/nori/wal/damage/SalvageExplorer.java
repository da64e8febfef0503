package dev.nori.wal.damage;

import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.IoFailure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Kills salvage before each of its changes: what was there must still be there, in its place or as a copy. */
public final class SalvageExplorer {
    private static final int FLIPPED = 4500;

    private final List<String> findings = new ArrayList<>();

    /** An explorer that has seen nothing. */
    public SalvageExplorer() {}

    /** Kills the salvage of a small log at every moment; says what was lost. */
    public List<String> explore() throws IoFailure {
        String name = SegmentName.of(1);
        Image damaged = SmallLog.ending(SmallLog.Ending.CLOSED).image().changed(name, bytes -> {
            bytes[FLIPPED] ^= 1;
            return bytes;
        });
        ImageStorage whole = new ImageStorage(damaged);
        String unfinished = salvage(whole, new ImageAnnexes());
        for (int kill = 0; kill < whole.changes(); kill++) kill(damaged, name, kill);
        if (!unfinished.isEmpty()) findings.add("nobody killed it, and it ended with " + unfinished);
        return findings;
    }

    /** What a salvage ended with; empty if it came to its end. */
    private static String salvage(ImageStorage storage, ImageAnnexes annexes) {
        try {
            Assembly.salvage(storage, annexes);
            return "";
        } catch (RuntimeException broken) {
            return broken.toString();
        }
    }

    private void kill(Image damaged, String name, int kill) {
        ImageStorage storage = new ImageStorage(damaged);
        ImageAnnexes annexes = new ImageAnnexes();
        storage.dieBefore(kill);
        if (salvage(storage, annexes).isEmpty()) return;
        boolean inPlace = Arrays.equals(damaged.bytes(name), storage.bytes(name));
        boolean copied = annexes.folders().values().stream()
                .anyMatch(aside -> Arrays.equals(damaged.bytes(name), aside.bytes(name)));
        if (!inPlace && !copied) findings.add("killed before change %d: %s is gone".formatted(kill, name));
    }
}
