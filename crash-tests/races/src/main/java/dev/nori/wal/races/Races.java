package dev.nori.wal.races;

import dev.nori.wal.crash.Mutant;
import java.util.List;

/** Which mutants of the handoff the races must notice, and which race each. */
final class Races {
    private static final String STAGE = "dev/nori/wal/handoff/Stage.java";
    private static final String BELL = "dev/nori/wal/handoff/Doorbell.java";

    private Races() {}

    /** A mutant, and the race that sees it. */
    record Hunt(Mutant mutant, Class<?> race) {}

    static List<Hunt> hunts() {
        return List.of(
                new Hunt(
                        mutant(
                                "waiters are woken before the position moves",
                                STAGE,
                                "            DURABLE.setRelease(this, end);\n        }\n        int woken = waiters.release(end);",
                                "        }\n        int woken = waiters.release(end);\n        DURABLE.setRelease(this, end);"),
                        WaitersRace.class),
                new Hunt(
                        mutant(
                                "a copy out of the ring is not looked at again",
                                STAGE,
                                "        VarHandle.loadLoadFence();\n        return stillHeld(position);",
                                "        return true;"),
                        CopyOutRace.class),
                new Hunt(
                        mutant(
                                "the worker's wish to be woken may come late",
                                BELL,
                                "private volatile long wakePosition",
                                "private long wakePosition"),
                        DoorbellRace.class),
                new Hunt(
                        mutant(
                                "the writer looks for waiters before its position is seen",
                                STAGE,
                                "        VarHandle.fullFence(); // a caller says",
                                "        // a caller says"),
                        SpaceRace.class));
    }

    private static Mutant mutant(String name, String file, String find, String replace) {
        return Mutant.of(name, file, find, replace, "nobody sleeps over what he waits for", "jcstress");
    }
}
