package dev.nori.wal.model;

import dev.nori.wal.io.Storage;
import dev.nori.wal.io.sim.SimDisk;

/** A disk in memory. */
final class SimulatedHome implements Home {
    private final SimDisk disk = new SimDisk();

    @Override
    public Storage storage() {
        disk.journal().restart(); // or it grows for as long as the sequence lasts
        return disk.storage();
    }

    @Override
    public void kill() {
        disk.kill();
    }

    @Override
    public void close() {
        disk.kill();
    }
}
