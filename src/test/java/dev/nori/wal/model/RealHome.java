package dev.nori.wal.model;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.log.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder on a real file system, in memory if there is one on which the engine works: what a sync is worth is not asked here, only what
 * it costs, and that thousands of times. After a kill the log lives on in a copy of its files, made as every other process sees them at that
 * moment; the dead log keeps its own, and what becomes of them no longer matters to anyone.
 */
final class RealHome implements Home {
    private static final List<Path> PLACES =
            List.of(Path.of("/dev/shm"), Path.of(System.getProperty("java.io.tmpdir")));

    private final Engine engine;
    private final Path root;
    private final List<Storage> storages = new ArrayList<>();
    private Path directory;
    private int lives;

    RealHome(Engine engine) {
        this.engine = engine;
        try {
            root = Files.createTempDirectory(placeFor(engine).orElseThrow(), "nori-model-");
            directory = Files.createDirectory(root.resolve("life-0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the engine works on this machine; empty if nowhere. */
    static Optional<Path> placeFor(Engine engine) {
        return PLACES.stream()
                .filter(Files::isWritable)
                .filter(place -> engine.whyNot(place).isEmpty())
                .findFirst();
    }

    @Override
    public Storage storage() {
        try {
            Storage storage = engine.open(directory);
            storages.add(storage);
            return storage;
        } catch (IoFailure e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void kill() {
        try {
            directory = Folders.copy(directory, root.resolve("life-" + ++lives));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        storages.forEach(Storage::close);
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted((a, b) -> b.compareTo(a)).toList()) Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
