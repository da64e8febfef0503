package dev.nori.wal.damage;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** All the ways to damage an image once. Each is handed out with a sentence that says what was done. */
final class Damage {
    private static final int SECTOR_BYTES = 512;
    private static final int BYTES_PER_FLIP = 3;
    private static final int ZEROS_PER_FLIP = 61; // a prime, so that it meets every bit

    private final Image image;

    Damage(Image image) {
        this.image = image;
    }

    /** Every bit of a file. */
    void bits(String name, BiConsumer<Image, String> examine) {
        for (int at = 0; at < image.bytes(name).length; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) flip(name, at, bit, examine);
        }
    }

    /** A bit of every third byte of a file that is not zero, and of some that are. */
    void someBits(String name, BiConsumer<Image, String> examine) {
        byte[] bytes = image.bytes(name);
        for (int at = 0; at < bytes.length; at++) {
            int step = bytes[at] != 0 ? BYTES_PER_FLIP : ZEROS_PER_FLIP;
            if (at % step == 0) flip(name, at, at % Byte.SIZE, examine);
        }
    }

    /** A bit of every so many bytes of a file. */
    void oneOf(int step, String name, BiConsumer<Image, String> examine) {
        for (int at = 0; at < image.bytes(name).length; at += step) flip(name, at, at % Byte.SIZE, examine);
    }

    private void flip(String name, int at, int bit, BiConsumer<Image, String> examine) {
        Image flipped = image.changed(name, bytes -> {
            bytes[at] ^= (byte) (1 << bit);
            return bytes;
        });
        examine.accept(flipped, "%s, bit %d of byte %d".formatted(name, bit, at));
    }

    /** A file cut at every {@code step}-th byte. */
    void cuts(String name, int step, BiConsumer<Image, String> examine) {
        for (int length = 0; length < image.bytes(name).length; length += step) {
            int kept = length;
            Image cut = image.changed(name, bytes -> Arrays.copyOf(bytes, kept));
            examine.accept(cut, "%s, cut to %d bytes".formatted(name, length));
        }
    }

    /** Every sector of a file zeroed. */
    void zeroed(String name, BiConsumer<Image, String> examine) {
        for (int sector : sectors(name)) {
            int from = sector * SECTOR_BYTES;
            Image zeroed = image.changed(name, bytes -> {
                Arrays.fill(bytes, from, from + SECTOR_BYTES, (byte) 0);
                return bytes;
            });
            examine.accept(zeroed, "%s, sector at %d zeroed".formatted(name, from));
        }
    }

    /** Every sector of a file written over every other one that differs. */
    void duplicated(String name, BiConsumer<Image, String> examine) {
        pairs(name, (from, to) -> {
            Image duplicated = image.changed(name, bytes -> {
                System.arraycopy(image.bytes(name), from, bytes, to, SECTOR_BYTES);
                return bytes;
            });
            examine.accept(duplicated, "%s, sector at %d copied to %d".formatted(name, from, to));
        });
    }

    /** Every two sectors of a file that differ swapped. */
    void swapped(String name, BiConsumer<Image, String> examine) {
        pairs(name, (from, to) -> {
            if (from > to) return;
            Image swapped = image.changed(name, bytes -> {
                System.arraycopy(image.bytes(name), from, bytes, to, SECTOR_BYTES);
                System.arraycopy(image.bytes(name), to, bytes, from, SECTOR_BYTES);
                return bytes;
            });
            examine.accept(swapped, "%s, sectors at %d and %d swapped".formatted(name, from, to));
        });
    }

    /** Each file removed. */
    void removals(BiConsumer<Image, String> examine) {
        for (String name : image.files().keySet()) examine.accept(image.without(name), name + " removed");
    }

    /** Every two segments swapped, and each in the place of another. */
    void exchanges(BiConsumer<Image, String> examine) {
        List<String> names =
                image.files().keySet().stream().filter(n -> n.endsWith(".wal")).toList();
        for (String one : names) {
            for (String other : names) {
                if (one.equals(other)) continue;
                Image copied = image.with(other, image.bytes(one));
                examine.accept(copied, "%s in the place of %s".formatted(one, other));
                examine.accept(copied.with(one, image.bytes(other)), "%s and %s swapped".formatted(one, other));
            }
        }
    }

    private interface Pair {
        void accept(int fromOffset, int toOffset);
    }

    /** Of sectors that hold the same, one is enough as a source. */
    private void pairs(String name, Pair pair) {
        byte[] bytes = image.bytes(name);
        Set<List<Byte>> seen = new HashSet<>();
        for (int source : sectors(name)) {
            if (!seen.add(sector(bytes, source))) continue;
            for (int target : sectors(name)) {
                boolean same = sector(bytes, source).equals(sector(bytes, target));
                if (!same) pair.accept(source * SECTOR_BYTES, target * SECTOR_BYTES);
            }
        }
    }

    private int[] sectors(String name) {
        return IntStream.range(0, image.bytes(name).length / SECTOR_BYTES).toArray();
    }

    private static List<Byte> sector(byte[] bytes, int number) {
        return IntStream.range(number * SECTOR_BYTES, (number + 1) * SECTOR_BYTES)
                .mapToObj(i -> bytes[i])
                .toList();
    }
}
