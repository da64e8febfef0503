package dev.nori.wal.read;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an extent chunk by chunk, several at a time, and hands the entries over in the order of the log, in the calling thread.
 *
 * <p>Memory is bounded: there are at most {@value #CHUNKS_PER_READER} chunks for each thread that reads, and one whose queue is
 * full is not read further until it is its turn. The oldest chunk is always being read or done, so there is always progress.
 */
final class OrderedReplay {
    private static final int CHUNKS_PER_READER = 2;

    /** A piece ends with the first entry that makes it so long, decompressed. */
    private static final long PIECE_BYTES = 64 << 10;

    /** So that a chunk that is not compressed never has to wait for its turn. */
    private static final int PIECES = (int) (Chunks.BYTES / PIECE_BYTES) + 4;

    private final Extent extent;
    private final Chunks chunks; // guarded by this
    private final BlockingQueue<BlockingQueue<Piece>> order; // one queue for each chunk; added to under this
    private final int readers;
    private final Team team = new Team();
    private boolean cutUp; // guarded by this

    private record Task(Chunks.Chunk chunk, BlockingQueue<Piece> pieces) {}

    OrderedReplay(Extent extent, int readers) {
        this.extent = extent;
        this.chunks = new Chunks(extent);
        this.readers = readers;
        this.order = new ArrayBlockingQueue<>(CHUNKS_PER_READER * readers - 1); // and one is being handed over
    }

    /** Hands it all over. The threads have ended when this returns, and when it throws. */
    void run(Consumer<? super LogEntry> consumer) {
        team.hire(readers, "replay", this::read);
        team.attempt(() -> handOver(consumer));
        team.interrupt();
        team.finish();
    }

    // ---- the calling thread

    private void handOver(Consumer<? super LogEntry> consumer) {
        boolean goesOn = true;
        while (goesOn) goesOn = handOver(take(order), consumer);
    }

    private boolean handOver(BlockingQueue<Piece> chunk, Consumer<? super LogEntry> consumer) {
        while (true) {
            switch (take(chunk)) {
                case Piece.Entries piece -> handOver(piece, consumer);
                case Piece.EndOfChunk end -> {
                    return true;
                }
                case Piece.EndOfLog end -> {
                    return false;
                }
                case Piece.Failed failed -> throw Team.asUnchecked(failed.why());
            }
        }
    }

    /** What was cut away since it was read is not handed over. */
    private void handOver(Piece.Entries piece, Consumer<? super LogEntry> consumer) {
        for (LogEntry entry : piece.entries()) {
            extent.check();
            consumer.accept(entry);
        }
    }

    /** Takes the next one, whatever interrupts; the flag is the consumer's. */
    private <T> T take(BlockingQueue<T> queue) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    T next = queue.poll();
                    if (next == null) next = queue.poll(1, TimeUnit.SECONDS);
                    if (next != null) return next;
                    if (team.hasFailed()) throw new IllegalStateException("nobody reads any more");
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    // ---- those who read

    private void read() throws InterruptedException {
        try (LogCursor cursor = extent.cursor()) {
            for (Task task = nextTask(); task != null; task = nextTask()) read(cursor, task);
        }
    }

    private synchronized @Nullable Task nextTask() throws InterruptedException {
        if (cutUp) return null;
        BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(PIECES);
        Chunks.Chunk chunk = cut(pieces);
        order.put(pieces);
        cutUp = chunk == null;
        return chunk == null ? null : new Task(chunk, pieces);
    }

    private Chunks.@Nullable Chunk cut(BlockingQueue<Piece> pieces) {
        try {
            Chunks.Chunk chunk = chunks.next();
            if (chunk == null) pieces.add(new Piece.EndOfLog());
            return chunk;
        } catch (RuntimeException | Error e) {
            pieces.add(new Piece.Failed(e));
            return null;
        }
    }

    private void read(LogCursor cursor, Task task) throws InterruptedException {
        try {
            Position from = new Position(task.chunk().from());
            cursor.until(task.chunk().to());
            extent.ask(now -> cursor.moveTo(now, from));
            while (true) {
                List<LogEntry> entries = piece(cursor);
                if (entries.isEmpty()) break;
                task.pieces().put(new Piece.Entries(entries));
            }
            task.pieces().put(new Piece.EndOfChunk());
        } catch (RuntimeException | Error e) {
            task.pieces().put(new Piece.Failed(e));
        }
    }

    private static List<LogEntry> piece(LogCursor cursor) {
        List<LogEntry> entries = new ArrayList<>();
        for (long bytes = 0; bytes < PIECE_BYTES && cursor.next(); ) {
            LogEntry entry = cursor.entry();
            entries.add(entry);
            bytes += entry.record().key().byteSize() + entry.record().value().byteSize() + 1;
        }
        return entries;
    }
}
