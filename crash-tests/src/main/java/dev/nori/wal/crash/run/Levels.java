package dev.nori.wal.crash.run;

import dev.nori.wal.crash.Level;
import dev.nori.wal.crash.device.CrashDiskLevel;
import dev.nori.wal.crash.fault.FaultLevel;
import dev.nori.wal.crash.kill.KillLevel;
import dev.nori.wal.crash.shutdown.ShutdownLevel;
import dev.nori.wal.crash.sim.SimulationLevel;
import java.util.List;

/** The ladder. A new level is one more line here. */
final class Levels {
    private Levels() {}

    /** All there are, lowest first. */
    static List<Level> all() {
        return List.of(
                new KillLevel(), new ShutdownLevel(), new CrashDiskLevel(), new SimulationLevel(), new FaultLevel());
    }
}
