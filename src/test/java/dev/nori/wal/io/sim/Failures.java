package dev.nori.wal.io.sim;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;

/** The kernel's refusals, worded as the port words them. */
final class Failures {
    static final String DIRECTORY = "/sim";

    private Failures() {}

    static IoFailure notFound(String call, String name) {
        return failure(Kind.NOT_FOUND, 2, call, name, "ENOENT");
    }

    static IoFailure exists(String call, String name) {
        return failure(Kind.EXISTS, 17, call, name, "EEXIST");
    }

    static IoFailure full(String call, String name) {
        return failure(Kind.FULL, 28, call, name, "ENOSPC");
    }

    static IoFailure closed(String call, String name) {
        String message = call + " " + DIRECTORY + "/" + name + ": the file is closed";
        return new IoFailure(Kind.OTHER, 0, message, null);
    }

    static IoFailure locked(String name, String owner) {
        String whom = owner.isBlank() ? "somebody who left no name" : owner.strip();
        return new IoFailure(Kind.LOCKED, 0, "lock " + DIRECTORY + "/" + name + ": held by " + whom, null);
    }

    static IoFailure killed() {
        return new IoFailure(Kind.OTHER, 0, "the process that opened " + DIRECTORY + " was killed", null);
    }

    private static IoFailure failure(Kind kind, int errno, String call, String name, String word) {
        String message = call + " " + DIRECTORY + "/" + name + ": " + word + " (" + errno + ")";
        return new IoFailure(kind, errno, message, null);
    }
}
