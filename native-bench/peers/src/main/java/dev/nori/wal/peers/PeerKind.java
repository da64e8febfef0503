package dev.nori.wal.peers;

import java.nio.file.Path;
import java.util.function.Consumer;

/** The logs that are compared. */
enum PeerKind {
    /** Ours, as it comes. */
    NORI_WAL("nori-wal") {
        @Override
        Peer open(Path directory, Promise promise) {
            return NoriWal.open(directory, promise);
        }

        @Override
        void read(Path directory, Consumer<byte[]> sink) {
            NoriWal.read(directory, sink);
        }

        @Override
        boolean syncsByItself() {
            return true;
        }
    },
    /** What one writes first. */
    HAND_WRITTEN("hand-written NIO") {
        @Override
        Peer open(Path directory, Promise promise) throws Exception {
            return HandWritten.open(directory);
        }

        @Override
        void read(Path directory, Consumer<byte[]> sink) throws Exception {
            HandWritten.read(directory, sink);
        }
    },
    /** Apache Artemis, over {@code FileChannel}. */
    ARTEMIS_NIO("Artemis journal, NIO") {
        @Override
        Peer open(Path directory, Promise promise) throws Exception {
            return Artemis.open(directory, Artemis.nio(directory));
        }

        @Override
        void read(Path directory, Consumer<byte[]> sink) throws Exception {
            Artemis.read(Artemis.nio(directory), sink);
        }
    },
    /** Apache Artemis, over a mapping. */
    ARTEMIS_MAPPED("Artemis journal, mapped") {
        @Override
        Peer open(Path directory, Promise promise) throws Exception {
            return Artemis.open(directory, Artemis.mapped(directory));
        }

        @Override
        void read(Path directory, Consumer<byte[]> sink) throws Exception {
            Artemis.read(Artemis.mapped(directory), sink);
        }
    },
    /** Chronicle Queue, with an explicit sync after each durable append: it has no other. */
    CHRONICLE("Chronicle Queue, explicit sync") {
        @Override
        Peer open(Path directory, Promise promise) {
            return Chronicle.open(directory);
        }

        @Override
        void read(Path directory, Consumer<byte[]> sink) {
            Chronicle.read(directory, sink);
        }
    },
    /** Aeron Archive; a block that it records is synced before its position moves. */
    AERON("Aeron Archive") {
        @Override
        Peer open(Path directory, Promise promise) {
            return Aeron.open(directory, promise);
        }

        @Override
        void read(Path directory, Consumer<byte[]> sink) {
            Aeron.read(directory, sink);
        }

        @Override
        boolean syncsByItself() {
            return true;
        }
    },
    /** The journal of Apache BookKeeper. */
    BOOKKEEPER("BookKeeper journal") {
        @Override
        Peer open(Path directory, Promise promise) throws Exception {
            return BookKeeper.open(directory, promise);
        }

        @Override
        void read(Path directory, Consumer<byte[]> sink) throws Exception {
            BookKeeper.read(directory, sink);
        }

        @Override
        boolean syncsByItself() {
            return true;
        }
    },
    /** RocksDB's write-ahead log, with a memtable that is never flushed. */
    ROCKSDB("RocksDB WAL") {
        @Override
        Peer open(Path directory, Promise promise) throws Exception {
            return RocksWal.open(directory);
        }

        @Override
        void read(Path directory, Consumer<byte[]> sink) throws Exception {
            RocksWal.read(directory, sink);
        }
    },
    /** H2's store, a commit for each append. */
    H2("H2 MVStore") {
        @Override
        Peer open(Path directory, Promise promise) {
            return H2Store.open(directory);
        }

        @Override
        void read(Path directory, Consumer<byte[]> sink) {
            H2Store.read(directory, sink);
        }
    };

    private final String label;

    PeerKind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Whether it keeps {@link Promise#SOON} without anybody who asks for a sync. */
    boolean syncsByItself() {
        return false;
    }

    /** Opens a log in an empty directory. */
    abstract Peer open(Path directory, Promise promise) throws Exception;

    /** Opens a log again and hands over its records, in any order. */
    abstract void read(Path directory, Consumer<byte[]> sink) throws Exception;
}
