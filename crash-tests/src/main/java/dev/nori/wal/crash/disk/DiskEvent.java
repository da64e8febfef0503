package dev.nori.wal.crash.disk;

/** Something that a disk saw, in the order in which it completed. */
public sealed interface DiskEvent {
    /** A write that the disk answered with success. Volatile until the next {@link Flush}. */
    final class Write implements DiskEvent {
        private final long offsetBytes;
        private final byte[] data;

        /**
         * @param offsetBytes where on the disk, a multiple of the sector size
         * @param data the bytes, which nobody may change afterwards
         */
        public Write(long offsetBytes, byte[] data) {
            this.offsetBytes = offsetBytes;
            this.data = data;
        }

        /** Where on the disk, in bytes. */
        public long offsetBytes() {
            return offsetBytes;
        }

        /** How many bytes. */
        public int length() {
            return data.length;
        }

        /** The bytes themselves, not a copy. */
        byte[] data() {
            return data;
        }
    }

    /** A flush that the disk answered with success: every write before it is on stable storage. */
    record Flush() implements DiskEvent {}

    /**
     * Something that the harness wants to remember at this point, such as the number of records acknowledged so far.
     * A disk that is cut takes no marks: what it has was true before the cut.
     */
    record Mark(long label) implements DiskEvent {}

    /** The power went: nothing comes after it. */
    record Cut() implements DiskEvent {}
}
