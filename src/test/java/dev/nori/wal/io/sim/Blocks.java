package dev.nori.wal.io.sim;

/** How much of a limited disk a file takes: blocks of 4096 bytes, written ones and promised ones. */
final class Blocks {
    static final int BLOCK_BYTES = 4096;

    private Blocks() {}

    static long usedBytes(Inode inode) {
        long promised = roundUp(inode.reservedBytes());
        long blocks = promised / BLOCK_BYTES;
        long end = (long) inode.cache.endSector() * inode.sectorBytes / BLOCK_BYTES;
        long used = promised;
        for (long block = blocks; block < end; block++) if (holds(inode, block)) used += BLOCK_BYTES;
        return used;
    }

    /** Bytes that a range needs and does not own yet. */
    static long missingBytes(Inode inode, long offsetBytes, long lengthBytes) {
        long missing = 0;
        long first = Math.max(offsetBytes, roundUp(inode.reservedBytes())) / BLOCK_BYTES;
        for (long block = first; block * BLOCK_BYTES < offsetBytes + lengthBytes; block++) {
            if (!holds(inode, block)) missing += BLOCK_BYTES;
        }
        return missing;
    }

    /** How many bytes of a write find room, to the end of a block if not all do. */
    static long fittingBytes(Inode inode, long offsetBytes, long lengthBytes, long freeBytes) {
        long end = offsetBytes;
        while (end < offsetBytes + lengthBytes) {
            long next = (end / BLOCK_BYTES + 1) * BLOCK_BYTES;
            if (missingBytes(inode, offsetBytes, next - offsetBytes) > freeBytes) break;
            end = next;
        }
        return Math.min(end - offsetBytes, lengthBytes);
    }

    private static boolean holds(Inode inode, long block) {
        int perBlock = BLOCK_BYTES / inode.sectorBytes;
        for (int i = 0; i < perBlock; i++) if (inode.cache.get((int) block * perBlock + i) != null) return true;
        return false;
    }

    private static long roundUp(long bytes) {
        return (bytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    }
}
