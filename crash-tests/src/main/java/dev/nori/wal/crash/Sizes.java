package dev.nori.wal.crash;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/** How large the values of a workload are. */
public enum Sizes {
    /** Up to 200 bytes: many records in the stage at a time. */
    SMALL(1) {
        @Override
        int bytes(SplittableRandom random) {
            return random.nextInt(200);
        }
    },
    /** Mostly small, now and then up to 120 KiB, so that the largest batch fits into the smallest segment; 1 of 20 empty. */
    VARIED(2) {
        @Override
        int bytes(SplittableRandom random) {
            int dice = random.nextInt(200);
            if (dice < 10) return 0;
            if (dice < 150) return random.nextInt(200);
            if (dice < 190) return random.nextInt(4 << 10);
            if (dice < 198) return random.nextInt(40 << 10);
            return random.nextInt(120 << 10);
        }
    },
    /** 50 to 200 KiB: a segment of 1 MiB is full after a few. */
    LARGE(3) {
        @Override
        int bytes(SplittableRandom random) {
            return random.nextInt(50 << 10, 200 << 10);
        }
    },
    /** 1 to 3 MiB: larger than a quarter of the stage, so that they pass through it in pieces. */
    HUGE(4) {
        @Override
        int bytes(SplittableRandom random) {
            return random.nextInt(1100 << 10, 3 << 20);
        }
    };

    private final int code;

    Sizes(int code) {
        this.code = code;
    }

    /** How a record says which sizes it was made with. */
    int code() {
        return code;
    }

    /** The sizes with that code, if there are any. */
    static Optional<Sizes> ofCode(int code) {
        return Arrays.stream(values()).filter(sizes -> sizes.code == code).findFirst();
    }

    abstract int bytes(SplittableRandom random);
}
