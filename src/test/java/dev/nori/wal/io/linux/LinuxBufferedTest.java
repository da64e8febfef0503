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

/** The engine LINUX_BUFFERED keeps what the port promises. */
class LinuxBufferedTest {
    @TempDir
    Path directory;

    private Reopening directory() {
        Engine.LINUX_BUFFERED.assumeWorksIn(directory);
        return () -> Engine.LINUX_BUFFERED.open(directory);
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
            super(Engine.LINUX_BUFFERED);
        }

        @Override
        protected Path freshDirectory() {
            return directory;
        }
    }

    @Nested
    class OnAFullDisk extends FullDiskContract {
        OnAFullDisk() {
            super(Engine.LINUX_BUFFERED);
        }
    }
}
