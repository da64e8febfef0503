package dev.nori.wal.io.sim;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file as sectors, sparse and copy-on-write.
 *
 * <p>A sector is an array that nobody changes once it is in a map; a missing one reads as zeros. A
 * {@link #fork} shares everything with its origin and costs one object; the first write on either side copies
 * the one node of 64 sectors it touches. That is what makes a hundred thousand crash images a second possible.
 */
final class SectorMap {
    private static final int FAN_OUT = 64;

    /** A token, equal to itself alone. */
    private static final class Owner {}

    /** Sixty-four sectors; only the map whose token it carries may change it. */
    private static final class Node {
        private final Owner owner;
        private final byte[] @Nullable [] sectors;

        private Node(Owner owner, byte[] @Nullable [] sectors) {
            this.owner = owner;
            this.sectors = sectors;
        }
    }

    private final int sectorBytes;
    private @Nullable Node[] nodes;
    private @Nullable Owner nodesOwner;
    /** The token of what this map alone can see; null while everything may be shared. */
    private @Nullable Owner owner;

    SectorMap(int sectorBytes) {
        this(sectorBytes, new Node[0]);
    }

    private SectorMap(int sectorBytes, @Nullable Node[] nodes) {
        this.sectorBytes = sectorBytes;
        this.nodes = nodes;
    }

    /** A map with the same content; neither sees what is put into the other from here on. */
    SectorMap fork() {
        owner = null;
        return new SectorMap(sectorBytes, nodes);
    }

    /** The sector's bytes, not to be changed; null reads as zeros. */
    byte @Nullable [] get(int sector) {
        int index = sector / FAN_OUT;
        Node node = index < nodes.length ? nodes[index] : null;
        return node == null ? null : node.sectors[sector % FAN_OUT];
    }

    /** Replaces one sector. The array belongs to the map from now on; null makes it read as zeros. */
    void put(int sector, byte @Nullable [] bytes) {
        int index = sector / FAN_OUT;
        if (bytes == null && (index >= nodes.length || nodes[index] == null)) return;
        ownNode(index).sectors[sector % FAN_OUT] = bytes;
    }

    /** Everything at or after {@code sizeBytes} reads as zeros. */
    void cut(long sizeBytes) {
        int whole = Math.toIntExact(sizeBytes / sectorBytes);
        int tail = Math.toIntExact(sizeBytes % sectorBytes);
        int endOfNode = (whole / FAN_OUT + 1) * FAN_OUT;
        for (int index = endOfNode / FAN_OUT; index < nodes.length; index++) dropNode(index);
        for (int sector = whole; sector < Math.min(endOfNode, endSector()); sector++) {
            if (get(sector) != null) put(sector, sector == whole ? head(get(sector), tail) : null);
        }
    }

    /** One past the last sector that may hold anything. */
    int endSector() {
        return nodes.length * FAN_OUT;
    }

    /** What it holds. */
    Fingerprint fingerprint() {
        Fingerprint sum = Fingerprint.ZERO;
        for (int index = 0; index < nodes.length; index++) {
            Node node = nodes[index];
            if (node == null) continue;
            for (int i = 0; i < FAN_OUT; i++) {
                byte[] bytes = node.sectors[i];
                if (bytes != null) sum = sum.plus(Fingerprint.of((long) index * FAN_OUT + i, bytes));
            }
        }
        return sum;
    }

    /** Copies {@code into.byteSize()} bytes out of the map. */
    void read(long offsetBytes, MemorySegment into) {
        long done = 0;
        while (done < into.byteSize()) {
            int start = (int) ((offsetBytes + done) % sectorBytes);
            long length = Math.min(sectorBytes - start, into.byteSize() - done);
            byte[] bytes = get((int) ((offsetBytes + done) / sectorBytes));
            if (bytes == null) into.asSlice(done, length).fill((byte) 0);
            else MemorySegment.copy(bytes, start, into, ValueLayout.JAVA_BYTE, done, (int) length);
            done += length;
        }
    }

    /** The first {@code length} bytes of a sector, zeros behind them; null if that is all zeros anyway. */
    static byte @Nullable [] head(byte @Nullable [] sector, int length) {
        if (sector == null || length == 0) return null;
        byte[] kept = new byte[sector.length];
        System.arraycopy(sector, 0, kept, 0, length);
        return kept;
    }

    private void dropNode(int index) {
        if (nodes[index] == null) return;
        if (owner == null) owner = new Owner();
        ownNodes(index);
        nodes[index] = null;
    }

    private Node ownNode(int index) {
        if (owner == null) owner = new Owner();
        ownNodes(index);
        Node node = nodes[index];
        if (node != null && node.owner == owner) return node;
        Node mine = new Node(owner, node == null ? new byte[FAN_OUT][] : node.sectors.clone());
        nodes[index] = mine;
        return mine;
    }

    private void ownNodes(int index) {
        if (nodesOwner == owner && index < nodes.length) return;
        nodes = Arrays.copyOf(nodes, Math.max(nodes.length, index + 1));
        nodesOwner = owner;
    }
}
