package dev.nori.wal.log;

import dev.nori.wal.IoMode;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.io.contract.Engine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** An engine and a policy. */
public record Setting(Engine engine, Policy policy) {
    /** Every engine under every policy. */
    public static Stream<Setting> all() {
        return Arrays.stream(Engine.values())
                .flatMap(engine -> Arrays.stream(Policy.values()).map(policy -> new Setting(engine, policy)));
    }

    /** Every engine, under {@code Batch}. */
    public static Stream<Setting> engines() {
        return Arrays.stream(Engine.values()).map(engine -> new Setting(engine, Policy.BATCH));
    }

    /** The smallest segments, so that a test sees many of them. */
    public WalConfig config() {
        return smallest().withFsyncPolicy(policy.fsync()).withIo(mode());
    }

    /** {@link WalConfig#defaults} with the smallest segments. */
    public static WalConfig smallest() {
        return WalConfig.defaults().withMaxSegmentBytes(WalConfig.MIN_SEGMENT_BYTES);
    }

    public IoMode mode() {
        return switch (engine) {
            case LINUX_DIRECT -> IoMode.DIRECT;
            case LINUX_BUFFERED -> IoMode.BUFFERED;
            case NIO -> IoMode.NIO;
        };
    }

    public Wal open(Path directory) {
        return Wal.open(directory, config());
    }

    @Override
    public String toString() {
        return engine + " " + policy;
    }
}
