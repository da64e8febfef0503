package dev.nori.wal.assembly;

import dev.nori.wal.IoMode;
import dev.nori.wal.Position;
import dev.nori.wal.RecoveryReport;
import dev.nori.wal.SalvageReport;
import dev.nori.wal.VerifyOptions;
import dev.nori.wal.VerifyReport;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalException;
import dev.nori.wal.WalView;
import dev.nori.wal.append.Completions;
import dev.nori.wal.handoff.StageFile;
import dev.nori.wal.handoff.StageLayout;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.MappedMemory;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.nio.NioStorage;
import dev.nori.wal.recover.Recovered;
import dev.nori.wal.recover.Recovery;
import dev.nori.wal.segment.ControlFile;
import dev.nori.wal.segment.SegmentPins;
import dev.nori.wal.segment.SpareSegments;
import dev.nori.wal.verify.Verification;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Opens a log: lock, recovery, the rooms in their order, and the mark that begins a generation. */
public final class Assembly {
    /** The mapped ring between callers and writer. */
    public static final String STAGE_NAME = StageFile.NAME;

    /** Who owns the directory. */
    public static final String LOCK_NAME = "LOCK";

    private static final String OWNER = "pid " + ProcessHandle.current().pid();

    private static final System.Logger LOG = System.getLogger("dev.nori.wal");

    private final Storage storage;
    private final WalConfig config;
    private final Surroundings world;
    private final Closing closing = new Closing();

    private Assembly(Storage storage, WalConfig config, Surroundings world) {
        this.storage = storage;
        this.config = config;
        this.world = world;
        closing.add(storage::close);
    }

    /** See {@link Wal#open}. */
    public static Wal open(Path directory, WalConfig config) {
        PortChoice.Chosen chosen;
        try {
            chosen = PortChoice.open(directory, config.io());
        } catch (IoFailure e) {
            throw cannotOpen(directory.toString(), e);
        }
        LOG.log(System.Logger.Level.INFO, "{0}: I/O is {1}", directory, chosen.reason());
        return open(chosen.storage(), config, Surroundings.real(config));
    }

    /** See {@link Wal#openReadOnly}. */
    public static WalView openReadOnly(Path directory) {
        checkIsThere(directory);
        return openReadOnly(new NioStorage(directory));
    }

    private static void checkIsThere(Path directory) {
        if (Files.isDirectory(directory)) return;
        String message = "there is no log in " + directory;
        throw new WalException.CannotOpen(message, new NoSuchFileException(directory.toString()));
    }

    /** Looks at the log of a storage, which the view closes in the end. */
    public static WalView openReadOnly(Storage storage) {
        return new ReadOnlyWal(storage);
    }

    /** See {@link Wal#salvage}. */
    public static SalvageReport salvage(Path directory) {
        checkIsThere(directory);
        try (Storage storage = PortChoice.open(directory, IoMode.AUTO).storage()) {
            return salvage(storage, Annexes.in(directory));
        } catch (IoFailure e) {
            throw cannotOpen(directory.toString(), e);
        }
    }

    /** Salvages the log of a storage, which stays open. */
    public static SalvageReport salvage(Storage storage, Annexes annexes) {
        try {
            Storage.Lock lock = storage.lock(LOCK_NAME, OWNER);
            try {
                return new Salvage(storage, annexes).run();
            } finally {
                lock.close();
            }
        } catch (IoFailure e) {
            throw cannotOpen(storage.directory(), e);
        }
    }

    /** See {@link Wal#planSalvage}. */
    public static SalvageReport planSalvage(Path directory) {
        checkIsThere(directory);
        return planSalvage(new NioStorage(directory), Annexes.in(directory));
    }

    /** Says what salvaging the log of a storage would do; changes nothing. */
    public static SalvageReport planSalvage(Storage storage, Annexes annexes) {
        try {
            return new Salvage(storage, annexes).plan();
        } catch (IoFailure e) {
            throw cannotOpen(storage.directory(), e);
        }
    }

    /** Opens the log of a storage, which the log closes in the end. */
    public static Wal open(Storage storage, WalConfig config, Surroundings world) {
        Assembly assembly = new Assembly(storage, config, world);
        try {
            return assembly.open();
        } catch (IoFailure e) {
            throw assembly.giveUp(cannotOpen(storage.directory(), e));
        } catch (RuntimeException | Error e) {
            throw assembly.giveUp(e);
        }
    }

    /** See {@link Wal#verify(Path, VerifyOptions)}. */
    public static VerifyReport verify(Path directory, VerifyOptions options) {
        try (Storage storage = PortChoice.forReading(directory)) {
            return verify(storage, options);
        }
    }

    /** Checks the log of a storage, which stays open. */
    public static VerifyReport verify(Storage storage, VerifyOptions options) {
        try {
            return Verification.run(storage, STAGE_NAME, options, System::nanoTime);
        } catch (IoFailure e) {
            throw new WalException.CannotOpen(
                    "cannot verify the log in %s: %s".formatted(storage.directory(), e.getMessage()), e);
        }
    }

    private Wal open() throws IoFailure {
        long began = world.nanoClock().getAsLong();
        Storage.Lock lock = storage.lock(LOCK_NAME, OWNER);
        closing.add(lock::close);
        // The stage is only read until recovery is content: a log that is refused keeps every byte of it.
        Recovered found =
                Recovery.run(storage, StageBytes.read(storage), world.logId().getAsLong());
        Recovered.Current current = found.current();
        if (current != null) closing.add(current.file()::close);
        House house = house(found);
        DurableWal wal = new DurableWal(house, found);
        house.noteBegun();
        wal.opened(report(found, Duration.ofNanos(world.nanoClock().getAsLong() - began)));
        return wal;
    }

    private House house(Recovered found) throws IoFailure {
        ControlFile control = new ControlFile(storage, found.control());
        control.ensure(); // before the stage, which remembers that there is one
        MappedMemory mapped = mapStage();
        closing.add(mapped::close);
        SpareSegments spares = new SpareSegments(
                storage, world.segmentBytes(), config.retention().spareSegments());
        Completions completions = new Completions();
        closing.add(world.crew().hire("completer", Workers.of(completions))::dismiss);
        return new House(
                storage,
                config,
                world,
                mapped,
                control,
                new SegmentPins(found.firstId()),
                spares,
                completions,
                closing);
    }

    private MappedMemory mapStage() throws IoFailure {
        long bytes = StageLayout.HEADER_BYTES + world.stageBytes();
        try {
            return storage.map(STAGE_NAME, bytes);
        } catch (IoFailure e) {
            if (e.kind() != IoFailure.Kind.FULL) throw e;
            long free = storage.freeBytes();
            throw new WalException.Full(
                    "no space for %s/%s: %d bytes are needed, %d are free"
                            .formatted(storage.directory(), STAGE_NAME, bytes, free),
                    bytes,
                    free);
        }
    }

    static RecoveryReport report(Recovered found, Duration took) {
        return new RecoveryReport(
                found.verdict(),
                found.segments(),
                found.nextSequence() - found.firstSequence(),
                found.recordsFromStage(),
                new Position(found.first()),
                new Position(found.end()),
                found.firstSequence(),
                found.nextSequence(),
                found.generation() + 1,
                Optional.ofNullable(DurableWal.checkpoint(found.control())),
                found.bytesScanned(),
                took);
    }

    private RuntimeException giveUp(Throwable cause) {
        try {
            closing.run();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
        if (cause instanceof Error error) throw error;
        return (RuntimeException) cause;
    }

    private static WalException cannotOpen(String directory, IoFailure e) {
        String message = "cannot open the log in %s: %s".formatted(directory, e.getMessage());
        return switch (e.kind()) {
            case LOCKED -> new WalException.Locked(message, e);
            case FULL -> new WalException.Full(message, 0, 0);
            case NOT_FOUND, EXISTS, DENIED, UNSUPPORTED, OTHER -> new WalException.CannotOpen(message, e);
        };
    }
}
