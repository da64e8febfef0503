package dev.nori.wal.io.sim;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Native memory for mappings, used again once a mapping has ended. A disk shares it with every image taken
 * from it: an explorer maps the same few sizes a hundred thousand times, and native memory is slow to get.
 */
final class MappedPool {
    private final Map<Long, Deque<MemorySegment>> free = new HashMap<>();

    /** Aligned memory with anything in it; the garbage collector's if it is never given back. */
    synchronized MemorySegment take(long bytes) {
        MemorySegment known = ofSize(bytes).poll();
        return known == null ? Arena.ofAuto().allocate(bytes, Blocks.BLOCK_BYTES) : known;
    }

    /** Takes back memory that nobody can reach any more. */
    synchronized void give(MemorySegment memory) {
        ofSize(memory.byteSize()).push(memory);
    }

    private Deque<MemorySegment> ofSize(long bytes) {
        return free.computeIfAbsent(bytes, size -> new ArrayDeque<>());
    }
}
