package dev.nori.wal.io.sim;

import org.jspecify.annotations.Nullable;

/** A call to the simulated disk, with everything needed to carry it out again. */
public sealed interface Op {
    /** The file it is about; empty for the directory and for what touches no file. */
    default String file() {
        return "";
    }

    /**
     * What a power cut within the call can leave of it, as an operation without any promise; null if nothing:
     * a sync that has not returned has promised nothing.
     */
    default @Nullable Op unfinished() {
        return this;
    }

    /** A new, empty file. */
    record Create(int inode, String file) implements Op {
        @Override
        public String toString() {
            return "create " + file;
        }
    }

    /** Another name for a file. */
    record Rename(String from, String file) implements Op {
        @Override
        public String toString() {
            return "rename " + from + " to " + file;
        }
    }

    /** A name less. */
    record Delete(String file) implements Op {
        @Override
        public String toString() {
            return "delete " + file;
        }
    }

    /** A file at its full length, for a mapping: created if it is missing, emptied first if its size is another. */
    record Map(int inode, String file, long sizeBytes) implements Op {
        @Override
        public String toString() {
            return "map " + file + " size=" + sizeBytes;
        }
    }

    /** The end of a mapping. */
    record Unmap(int inode, String file) implements Op {
        @Override
        public String toString() {
            return "unmap " + file;
        }
    }

    /** Whether a write promises to survive a power cut. */
    enum Reach {
        CACHE,
        DEVICE
    }

    /** Bytes for a file; {@code data} is not to be changed. */
    @SuppressWarnings("ArrayRecordComponent") // a call is equal to itself alone
    record Write(int inode, String file, long offsetBytes, byte[] data, Reach reach) implements Op {
        @Override
        public Op unfinished() {
            return new Write(inode, file, offsetBytes, data, Reach.CACHE);
        }

        @Override
        public String toString() {
            return (reach == Reach.DEVICE ? "writeDurably " : "write ") + file + " offset=" + offsetBytes + " length="
                    + data.length;
        }
    }

    /** A read; changes nothing and is not in the journal. */
    record Read(String file, long offsetBytes, long lengthBytes) implements Op {
        @Override
        public String toString() {
            return "read " + file + " offset=" + offsetBytes + " length=" + lengthBytes;
        }
    }

    /** {@code fdatasync} of a file, or the write-back of a mapping. */
    record Sync(int inode, String file) implements Op {
        @Override
        public @Nullable Op unfinished() {
            return null;
        }

        @Override
        public String toString() {
            return "sync " + file;
        }
    }

    /** A sync that failed: the kernel calls the pages clean, and they never reach the device. */
    record FailSync(int inode, String file) implements Op {
        @Override
        public String toString() {
            return "failSync " + file;
        }
    }

    /** Space for the head of a file. */
    record Allocate(int inode, String file, long sizeBytes) implements Op {
        @Override
        public String toString() {
            return "allocate " + file + " size=" + sizeBytes;
        }
    }

    /** A new length. */
    record Truncate(int inode, String file, long sizeBytes) implements Op {
        @Override
        public String toString() {
            return "truncate " + file + " size=" + sizeBytes;
        }
    }

    /** Makes the entries of the directory durable. */
    record SyncDirectory() implements Op {
        @Override
        public @Nullable Op unfinished() {
            return null;
        }

        @Override
        public String toString() {
            return "syncDirectory";
        }
    }

    /** A lock file with its text, which is durable at once: nobody's correctness hangs on it. */
    @SuppressWarnings("ArrayRecordComponent") // a call is equal to itself alone
    record Lock(int inode, String file, byte[] text) implements Op {
        @Override
        public String toString() {
            return "lock " + file;
        }
    }

    /** Stores into mapped memory that a read came upon. */
    record Look() implements Op {
        @Override
        public String toString() {
            return "look at mapped memory";
        }
    }

    /** Something the test wants to find again in the journal, such as an acknowledgement. */
    record Note(Object value) implements Op {
        @Override
        public String toString() {
            return "note " + value;
        }
    }

    /** The process ends; what it was doing is left undone. */
    record Kill() implements Op {
        @Override
        public String toString() {
            return "kill";
        }
    }
}
