package dev.nori.wal.damage;

import dev.nori.wal.assembly.Annexes;
import dev.nori.wal.io.sim.CallHook;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.io.sim.SimStorage;
import java.util.Map;
import java.util.TreeMap;

/** Folders that lose what was not synced, each a disk of its own; which of them there are is durable at once, as the port promises. */
final class SimAnnexes implements Annexes {
    private final Map<String, SimDisk> disks = new TreeMap<>();
    private final CallHook hook;

    /** With a hook for each new disk. */
    SimAnnexes(CallHook hook) {
        this.hook = hook;
    }

    /** Those that a crash has left. */
    SimAnnexes(Map<String, SimDisk> left) {
        this(CallHook.NONE);
        disks.putAll(left);
    }

    @Override
    public SimStorage open(String name) {
        return disks.computeIfAbsent(name, n -> {
                    SimDisk disk = new SimDisk();
                    disk.hook(hook);
                    return disk;
                })
                .storage();
    }

    @Override
    public boolean exists(String name) {
        return disks.containsKey(name);
    }

    /** All of them, by name. */
    Map<String, SimDisk> disks() {
        return disks;
    }
}
