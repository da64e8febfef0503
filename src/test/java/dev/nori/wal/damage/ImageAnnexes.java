package dev.nori.wal.damage;

import dev.nori.wal.assembly.Annexes;
import java.util.Map;
import java.util.TreeMap;

/** Folders in memory. */
final class ImageAnnexes implements Annexes {
    private final Map<String, ImageStorage> folders = new TreeMap<>();

    @Override
    public ImageStorage open(String name) {
        return folders.computeIfAbsent(name, n -> new ImageStorage(new Image(Map.of())));
    }

    @Override
    public boolean exists(String name) {
        return folders.containsKey(name);
    }

    /** All of them, by name. */
    Map<String, ImageStorage> folders() {
        return folders;
    }
}
