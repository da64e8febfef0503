package dev.nori.wal.explore;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import dev.nori.wal.WalReader;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.sim.SimDisk;
import dev.nori.wal.io.sim.SimOptions;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Spoils a byte of what had been durable, one place after the other. Either the log refuses to open or to be read, or every record is there:
 * fewer of them, or others, and no word about it, is what must never be. The stage is taken away, so that the log has to tell
 * from its own bytes.
 */
public final class DamageExplorer {
    private static final int STRIDE_BYTES = 61; // no divisor of anything in the format
    private static final byte SPOILED = 0x5A;

    private final MemorySegment block = AlignedMemory.blocks(AlignedMemory.BLOCK_BYTES);
    private final List<String> findings = new ArrayList<>();
    private int refused;
    private int whole;

    /** An explorer that has seen nothing. */
    public DamageExplorer() {}

    /** What was lost in silence. */
    public List<String> findings() {
        return findings;
    }

    /** Places at which the damage was reported. */
    public int refused() {
        return refused;
    }

    /** Places at which the damage mattered to no record. */
    public int whole() {
        return whole;
    }

    /** Spoils the segments that a script leaves once it was closed and opened again; stops at the first finding. */
    public DamageExplorer explore(Script script, SimOptions options) {
        List<Step> steps = new ArrayList<>(script.steps());
        steps.add(new Step.Reopen());
        SimDisk disk = Rehearsal.run(script.with(steps), new SimDisk(options));
        Promise promise = disk.journal().last().lastNote(Promise.class).orElseThrow();
        disk.kill();
        try {
            for (String name : segments(disk.storage())) explore(disk, name, script, promise);
        } catch (IoFailure e) {
            throw new AssertionError(e);
        }
        return this;
    }

    private static List<String> segments(Storage storage) throws IoFailure {
        return storage.list().stream()
                .filter(name -> SegmentName.parse(name).isPresent())
                .toList();
    }

    private void explore(SimDisk disk, String name, Script script, Promise promise) throws IoFailure {
        long size;
        try (LogFile file = disk.storage().open(name, Storage.Access.READ)) {
            size = file.size();
        }
        for (long at = 0; at < size && findings.isEmpty(); at += STRIDE_BYTES) {
            SimDisk spoiled = disk.journal().last().kills(2, 1).disk(0);
            spoil(spoiled.storage(), name, at);
            judge("%s offset=%d".formatted(name, at), spoiled, script, promise);
        }
    }

    private void spoil(Storage storage, String name, long at) throws IoFailure {
        storage.delete(Assembly.STAGE_NAME);
        try (LogFile file = storage.open(name, Storage.Access.WRITE)) {
            long start = at / block.byteSize() * block.byteSize();
            file.read(start, block);
            byte old = block.get(ValueLayout.JAVA_BYTE, at - start);
            block.set(ValueLayout.JAVA_BYTE, at - start, (byte) (old ^ SPOILED));
            file.write(start, block);
        }
    }

    private void judge(String where, SimDisk disk, Script script, Promise promise) {
        Comparison comparison = new Comparison(promise);
        try (Wal wal = Rehearsal.open(disk.storage(), script, new SteppedCrew(), () -> 0)) {
            try (WalReader reader = wal.readFrom(Position.START)) {
                for (LogEntry entry : reader) comparison.visit(entry);
            }
            Outcome outcome =
                    comparison.outcome(promise.durable(), wal.recovery().nextSequence());
            if (outcome.wrong() == null) whole++;
            else findings.add("damage at %s went unnoticed: %s".formatted(where, outcome.wrong()));
        } catch (WalException told) {
            refused++;
        } catch (RuntimeException | AssertionError e) {
            findings.add("damage at %s: %s".formatted(where, e));
        }
    }
}
