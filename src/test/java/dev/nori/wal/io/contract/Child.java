package dev.nori.wal.io.contract;

import static dev.nori.wal.io.contract.Memory.BLOCK;
import static dev.nori.wal.io.contract.Memory.fill;
import static dev.nori.wal.io.contract.Memory.pattern;
import static dev.nori.wal.io.contract.Memory.zeros;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.Storage;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** What a second process does in a test; says what came of it in one line. */
public final class Child {
    private Child() {}

    public static void main(String[] arguments) throws Exception {
        Storage storage = Engine.valueOf(arguments[1]).open(Path.of(arguments[2]));
        switch (arguments[0]) {
            case "lock" -> lock(storage, arguments[3]);
            case "map" -> map(storage, Long.parseLong(arguments[3]), Integer.parseInt(arguments[4]));
            case "write" -> write(storage, Long.parseLong(arguments[3]), Integer.parseInt(arguments[4]));
            case "list" -> say(String.join(" ", storage.list()));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Holds the lock until it is killed, or says why it did not get it. */
    private static void lock(Storage storage, String owner) throws Exception {
        try (Storage.Lock lock = storage.lock("lock", owner)) {
            say("locked");
            waitToBeKilled();
            say("unlocked " + lock);
        } catch (IoFailure e) {
            say(e.kind() + " " + e.getMessage());
        }
    }

    /** Stores into a mapping and waits to be killed with it. */
    private static void map(Storage storage, long bytes, int seed) throws Exception {
        try (MappedMemory mapped = storage.map("stage", bytes)) {
            fill(mapped.memory(), seed);
            say("stored");
            waitToBeKilled();
        }
    }

    /** Writes past the limit that its starter has put on the size of files, in so many parts. */
    private static void write(Storage storage, long bytes, int parts) throws IoFailure {
        MemorySegment[] data = new MemorySegment[parts];
        for (int i = 0; i < parts; i++) data[i] = pattern(bytes / parts, i);
        try (LogFile file = storage.create("limited")) {
            String outcome;
            try {
                file.write(0, data);
                outcome = "taken";
            } catch (IoFailure e) {
                outcome = e.kind() + " " + e.errno();
            }
            file.truncate(0);
            file.write(0, zeros(BLOCK));
            say(outcome);
        }
    }

    private static void waitToBeKilled() throws Exception {
        while (true) Thread.sleep(1000);
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
