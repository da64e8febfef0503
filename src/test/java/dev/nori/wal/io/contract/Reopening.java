package dev.nori.wal.io.contract;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.Storage;

/** One directory that a test can open again and again, as a program that starts anew would. */
@FunctionalInterface
public interface Reopening {
    /** A storage on the directory; earlier ones stay usable. */
    Storage open() throws IoFailure;
}
