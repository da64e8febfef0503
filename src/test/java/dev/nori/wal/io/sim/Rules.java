package dev.nori.wal.io.sim;

import dev.nori.wal.io.IoFailure;

/** What the kernel refuses before it begins. */
final class Rules {
    private Rules() {}

    static void check(DiskState state, Op op) throws IoFailure {
        switch (op) {
            case Op.Create create -> checkNew(state, create.file());
            case Op.Rename rename -> checkKnown(state, "rename", rename.from());
            case Op.Delete delete -> checkKnown(state, "delete", delete.file());
            case Op.Allocate allocate ->
                checkRoom(state, allocate.inode(), "allocate", allocate.file(), allocate.sizeBytes());
            case Op.Map map -> checkRoom(state, map.inode(), "map", map.file(), map.sizeBytes());
            default -> {}
        }
    }

    private static void checkNew(DiskState state, String name) throws IoFailure {
        if (state.inodeOf(name) != null || state.creates(name)) throw Failures.exists("create", name);
    }

    private static void checkKnown(DiskState state, String call, String name) throws IoFailure {
        if (state.inodeOf(name) == null) throw Failures.notFound(call, name);
    }

    private static void checkRoom(DiskState state, int id, String call, String name, long sizeBytes) throws IoFailure {
        if (state.options.capacityBytes() >= SimOptions.UNLIMITED_BYTES) return;
        Inode inode = state.inode(id);
        long missing = inode == null ? sizeBytes : Blocks.missingBytes(inode, 0, sizeBytes);
        if (missing > state.freeBytes()) throw Failures.full(call, name);
    }
}
