package dev.nori.wal.crash;

import dev.nori.wal.FsyncPolicy;
import dev.nori.wal.IoMode;
import dev.nori.wal.WalConfig;
import java.nio.file.Path;

/**
 * Which log a child opens, and how.
 *
 * @param seed of the content of its records; the same for all processes that ever write to it
 */
public record LogSpec(Path directory, FsyncPolicy policy, IoMode io, long segmentBytes, long seed) {
    /** As the library wants it. */
    public WalConfig config() {
        return WalConfig.defaults().withFsyncPolicy(policy).withIo(io).withMaxSegmentBytes(segmentBytes);
    }
}
