package dev.nori.wal.damage;

import dev.nori.wal.SalvageReport;
import dev.nori.wal.Wal;
import dev.nori.wal.assembly.Assembly;
import dev.nori.wal.frame.SegmentName;
import dev.nori.wal.io.AlignedMemory;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.LogFile;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.sim.CallHook;
import dev.nori.wal.io.sim.CrashStates;
import dev.nori.wal.io.sim.Op;
import dev.nori.wal.io.sim.SimDisk;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Cuts the power at every moment of a salvage. What was there must still be there, in its place or as a copy; and a second salvage must get
 * where the first one would have got.
 */
public final class SalvageCuts {
    private static final int FLIPPED = 4500;
    private static final int STATES = 4;

    private final String name = SegmentName.of(1);
    private final Image damaged;
    private final long seed;
    private final SimDisk disk = new SimDisk();
    private final SimAnnexes annexes = new SimAnnexes(new Watch());
    private final Set<Map<String, Integer>> moments = new LinkedHashSet<>();
    private final List<String> findings = new ArrayList<>();
    private int cuts;

    /** A small log with a flipped bit, on a disk. */
    public SalvageCuts(long seed) throws IoFailure {
        this.seed = seed;
        this.damaged = SmallLog.ending(SmallLog.Ending.CLOSED).image().changed(name, bytes -> {
            bytes[FLIPPED] ^= 1;
            return bytes;
        });
        for (String file : damaged.files().keySet()) put(disk.storage(), file, damaged.bytes(file));
        disk.storage().syncDirectory();
        disk.journal().restart();
        disk.hook(new Watch());
    }

    /** How often the power was cut. */
    int cuts() {
        return cuts;
    }

    /** What was lost or did not get there. */
    public List<String> explore() {
        SalvageReport expected = Assembly.salvage(disk.storage(), annexes);
        look();
        for (Map<String, Integer> moment : moments) {
            for (int state = 0; state < STATES; state++) cut(moment, state, expected);
        }
        return findings;
    }

    private void cut(Map<String, Integer> moment, int state, SalvageReport expected) {
        cuts++;
        String what = "seed %d, %s, state %d: ".formatted(seed, moment, state);
        Map<String, SimDisk> left = new TreeMap<>();
        for (String folder : moment.keySet()) {
            if (!folder.isEmpty()) left.put(folder, after(annexes.disks().get(folder), moment.get(folder), state));
        }
        SimDisk log = after(disk, moment.getOrDefault("", 0), state);
        SimAnnexes aside = new SimAnnexes(left);
        try {
            if (!holdsWhatWasThere(log, aside)) findings.add(what + name + " is gone");
            Assembly.salvage(log.storage(), aside);
            checkArrived(log, aside, expected, what);
        } catch (IoFailure | RuntimeException | AssertionError e) {
            findings.add(what + e + " at "
                    + Arrays.stream(e.getStackTrace()).limit(6).toList());
        }
    }

    private SimDisk after(@org.jspecify.annotations.Nullable SimDisk before, int events, int state) {
        CrashStates states =
                java.util.Objects.requireNonNull(before).journal().point(events).powerCuts(STATES, seed);
        return states.disk(Math.min(state, states.count() - 1));
    }

    private boolean holdsWhatWasThere(SimDisk log, SimAnnexes aside) throws IoFailure {
        if (Arrays.equals(damaged.bytes(name), Image.of(log.storage()).files().get(name))) return true;
        for (SimDisk folder : aside.disks().values()) {
            byte[] copy = Image.of(folder.storage()).files().get(name);
            if (Arrays.equals(damaged.bytes(name), copy)) return true;
        }
        return false;
    }

    private void checkArrived(SimDisk log, SimAnnexes aside, SalvageReport expected, String what) throws IoFailure {
        if (!holdsWhatWasThere(log, aside)) findings.add(what + "the copy is gone");
        long next = SmallLog.open(log.storage()).recovery().nextSequence();
        if (next != expected.keptNextSequence()) findings.add(what + "goes on with record " + next);
        for (SalvageReport.Island island : expected.islands()) {
            String folder = island.folder().substring(island.folder().indexOf('/'));
            boolean isThere = false;
            for (var each : aside.disks().entrySet()) {
                if (each.getKey().endsWith(folder)) isThere |= holds(each.getValue(), island);
            }
            if (!isThere) findings.add(what + "no " + island);
        }
    }

    /** An island that was being written may be anything but the one that counts. */
    private static boolean holds(SimDisk folder, SalvageReport.Island island) throws IoFailure {
        if (folder.storage().list().isEmpty()) return false;
        Wal wal = SmallLog.open(folder.storage());
        return wal.recovery().records() == island.records();
    }

    private static void put(Storage storage, String name, byte[] bytes) throws IoFailure {
        MemorySegment memory = AlignedMemory.blocks(Math.max(1, bytes.length));
        MemorySegment.copy(bytes, 0, memory, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, bytes.length);
        try (LogFile file = storage.create(name)) {
            file.write(0, memory.asSlice(0, bytes.length));
            file.sync();
        }
    }

    private void look() {
        Map<String, Integer> moment = new TreeMap<>();
        moment.put("", disk.journal().size());
        annexes.disks()
                .forEach((folder, each) -> moment.put(folder, each.journal().size()));
        moments.add(moment);
    }

    /** Every call of every disk is a moment before it and one within it. */
    private final class Watch implements CallHook {
        @Override
        public void before(Op op) {
            look();
        }

        @Override
        public void within(Op op) {
            look();
        }
    }
}
