package dev.nori.wal.io.nio;

import dev.nori.wal.io.contract.Engine;
import dev.nori.wal.io.contract.EngineContract;
import dev.nori.wal.io.contract.FullDiskContract;
import dev.nori.wal.io.contract.LogFileContract;
import dev.nori.wal.io.contract.Reopening;
import dev.nori.wal.io.contract.StorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The engine NIO keeps what the port promises. */
class NioTest {
    @TempDir
    Path directory;

    private Reopening directory() {
        Engine.NIO.assumeWorksIn(directory);
        return () -> Engine.NIO.open(directory);
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
            super(Engine.NIO);
        }

        @Override
        protected Path freshDirectory() {
            return directory;
        }
    }

    @Nested
    class OnAFullDisk extends FullDiskContract {
        OnAFullDisk() {
            super(Engine.NIO);
        }
    }
}
