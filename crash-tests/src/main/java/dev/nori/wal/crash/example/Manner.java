package dev.nori.wal.crash.example;

import dev.nori.wal.FsyncPolicy;

/** When the store says that a change is safe: once it is, or as people do who have not crashed it yet. */
enum Manner {
    /** Acknowledges what is on stable storage. */
    HONEST,
    /** Acknowledges what the page cache holds: a killed process loses nothing, a power cut does. */
    WITHOUT_SYNC,
    /** Acknowledges what it is about to append: a killed process loses it. */
    TOO_EARLY;

    FsyncPolicy policy() {
        return switch (this) {
            case HONEST, TOO_EARLY -> FsyncPolicy.always();
            case WITHOUT_SYNC -> FsyncPolicy.os();
        };
    }
}
