package dev.nori.wal.io.sim;

import dev.nori.wal.IoMode;
import dev.nori.wal.io.contract.LogFileContract;
import dev.nori.wal.io.contract.Reopening;
import dev.nori.wal.io.contract.StorageContract;
import org.junit.jupiter.api.Nested;

/** The simulated disk keeps what the port promises, whichever engine it plays, and so does what wraps it. */
class SimStorageContractTest {
    @Nested
    class AsABufferedFile extends LogFileContract {
        @Override
        protected Reopening freshDirectory() {
            return new SimDisk()::storage;
        }
    }

    @Nested
    class AsABufferedDirectory extends StorageContract {
        @Override
        protected Reopening freshDirectory() {
            return new SimDisk()::storage;
        }
    }

    @Nested
    class AsADirectFile extends LogFileContract {
        @Override
        protected Reopening freshDirectory() {
            return direct()::storage;
        }
    }

    @Nested
    class AsADirectDirectory extends StorageContract {
        @Override
        protected Reopening freshDirectory() {
            return direct()::storage;
        }
    }

    @Nested
    class AsAFileUnderAStorageThatCouldFail extends LogFileContract {
        @Override
        protected Reopening freshDirectory() {
            SimDisk disk = new SimDisk();
            return () -> new FaultyStorage(disk.storage());
        }
    }

    @Nested
    class AsADirectoryUnderAStorageThatCouldFail extends StorageContract {
        @Override
        protected Reopening freshDirectory() {
            SimDisk disk = new SimDisk();
            return () -> new FaultyStorage(disk.storage());
        }
    }

    private static SimDisk direct() {
        return new SimDisk(SimOptions.defaults().withMode(IoMode.DIRECT).withSectorBytes(4096));
    }
}
