package dev.nori.wal.assembly;

import dev.nori.wal.IoMode;
import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.IoFailure.Kind;
import dev.nori.wal.io.JavaFailure;
import dev.nori.wal.io.Storage;
import dev.nori.wal.io.linux.LinuxStorage;
import dev.nori.wal.io.nio.NioStorage;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Chooses the engine for a directory, once, and says why.
 *
 * <p>Whether native access is allowed is asked before any class with a downcall is touched: left to itself
 * the JVM would print a warning, and a later one will refuse.
 */
public final class PortChoice {
    private PortChoice() {}

    /**
     * What came of it.
     *
     * @param storage the engine, open on the directory
     * @param reason one sentence for a log or a report
     */
    public record Chosen(Storage storage, String reason) {}

    /**
     * Opens the directory, which is created if it is missing.
     *
     * @param wanted {@link IoMode#AUTO} takes the best that works and is allowed; anything else is taken or fails
     * @throws IoFailure of kind {@link Kind#UNSUPPORTED} if the engine that was asked for cannot be had here
     */
    public static Chosen open(Path directory, IoMode wanted) throws IoFailure {
        create(directory);
        return switch (wanted) {
            case AUTO -> best(directory);
            case DIRECT -> forced(wanted, () -> LinuxStorage.direct(directory));
            case BUFFERED -> forced(wanted, () -> LinuxStorage.buffered(directory));
            case NIO -> new Chosen(new NioStorage(directory), "NIO, as configured");
        };
    }

    /**
     * The directory, of which files are opened for reading only, through the page cache: nothing is created, nothing is tried out. Whether
     * it is there shows with the first question.
     */
    public static Storage forReading(Path directory) {
        if (LinuxStorage.whyNotHere().isPresent() || !us().isNativeAccessEnabled()) return new NioStorage(directory);
        try {
            return LinuxStorage.buffered(directory);
        } catch (IoFailure notHere) {
            return new NioStorage(directory);
        }
    }

    /**
     * Creates {@code directory} and what is missing above it. On return the directory and every one
     * created on the way survive a power cut, as {@code mkdir} alone does not promise.
     */
    private static void create(Path directory) throws IoFailure {
        if (Files.isDirectory(directory)) return;
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) create(parent);
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            // Somebody else was faster, which is as good; a plain file of that name is not.
            if (!Files.isDirectory(directory)) throw JavaFailure.of("mkdir " + directory, e);
        } catch (IOException e) {
            throw JavaFailure.of("mkdir " + directory, e);
        }
        if (parent != null) new NioStorage(parent).syncDirectory();
    }

    @FunctionalInterface
    private interface Engine {
        Storage open() throws IoFailure;
    }

    /** Forcing an engine allows the JVM to warn; if it refuses, the message says what would help. */
    private static Chosen forced(IoMode wanted, Engine engine) throws IoFailure {
        try {
            return new Chosen(engine.open(), wanted + ", as configured");
        } catch (IoFailure e) {
            if (e.kind() != Kind.UNSUPPORTED || us().isNativeAccessEnabled()) throw e;
            throw new IoFailure(e.kind(), e.errno(), e.getMessage() + "; perhaps " + flag() + " is missing", e);
        }
    }

    private static Chosen best(Path directory) throws IoFailure {
        Optional<String> whyNotHere = LinuxStorage.whyNotHere();
        if (whyNotHere.isPresent()) return nio(directory, whyNotHere.get());
        if (!us().isNativeAccessEnabled()) return nio(directory, "native access is not enabled; add " + flag());
        try {
            return new Chosen(LinuxStorage.direct(directory), "DIRECT, the best there is");
        } catch (IoFailure direct) {
            return bufferedOrNio(directory, direct);
        }
    }

    private static Chosen bufferedOrNio(Path directory, IoFailure direct) throws IoFailure {
        if (direct.kind() != Kind.UNSUPPORTED) throw direct;
        try {
            return new Chosen(LinuxStorage.buffered(directory), "BUFFERED, because " + direct.getMessage());
        } catch (IoFailure buffered) {
            if (buffered.kind() != Kind.UNSUPPORTED) throw buffered;
            return nio(directory, String.valueOf(buffered.getMessage()));
        }
    }

    private static Chosen nio(Path directory, String why) {
        return new Chosen(new NioStorage(directory), "NIO, because " + why);
    }

    private static Module us() {
        return PortChoice.class.getModule();
    }

    /** What to tell the JVM so that the system calls are allowed. */
    private static String flag() {
        return "--enable-native-access=" + (us().isNamed() ? us().getName() : "ALL-UNNAMED");
    }
}
