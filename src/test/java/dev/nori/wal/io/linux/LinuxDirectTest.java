package dev.nori.wal.io.linux;

import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.io.contract.EngineContract;
import dev.nori.wal.io.contract.FullDiskContract;
import dev.nori.wal.io.contract.LogFileContract;
import dev.nori.wal.io.contract.Reopening;
import dev.nori.wal.io.contract.StorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The engine LINUX_DIRECT keeps what the port promises. */
class LinuxDirectTest {
    @TempDir
    Path directory;

    private Reopening directory() {
        Engine.LINUX_DIRECT.assumeWorksIn(directory);
        return () -> Engine.LINUX_DIRECT.open(directory);
    }

    @Nested
    class AsAFile extends LogFileContract {
        @Override
        protected Reopening freshDirectory() {
            return directory();
        }
    }

    @Nested
    class AsADirectory extends StorageContract {
        @Override
        protected Reopening freshDirectory() {
            return directory();
        }
    }

    @Nested
    class OnARealFileSystem extends EngineContract {
        OnARealFileSystem() {
            super(Engine.LINUX_DIRECT);
        }

        @Override
        protected Path freshDirectory() {
            return directory;
        }
    }

    @Nested
    class OnAFullDisk extends FullDiskContract {
        OnAFullDisk() {
            super(Engine.LINUX_DIRECT);
        }
    }
}
