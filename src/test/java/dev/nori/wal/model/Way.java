package dev.nori.wal.model;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Position;
import dev.nori.wal.ReadBound;
import dev.nori.wal.Wal;
import dev.nori.wal.WalCursor;
import dev.nori.wal.WalReader;
import dev.nori.wal.WalTail;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ways to go through a log from a position on. */
enum Way {
    READER,
    CURSOR,
    TAIL,
    DURABLE_TAIL;

    /** A reader of any kind, seen as one that answers null at the end of what it may see. */
    record Open(Supplier<@Nullable LogEntry> next, Supplier<Position> position, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    Open open(Wal wal, Position from) {
        return switch (this) {
            case READER -> reader(wal.readFrom(from));
            case CURSOR -> cursor(wal.cursor(from));
            case TAIL -> tail(wal.tail(from));
            case DURABLE_TAIL -> tail(wal.tail(from, ReadBound.DURABLE));
        };
    }

    /** Where nothing more may be seen. */
    Position limit(Wal wal) {
        return this == DURABLE_TAIL ? wal.durablePosition() : wal.endPosition();
    }

    private static Open reader(WalReader reader) {
        return new Open(reader::poll, reader::position, reader::close);
    }

    private static Open cursor(WalCursor cursor) {
        return new Open(
                () -> cursor.next() ? cursor.entry() : null,
                () -> new Position(cursor.nextPositionBytes()),
                cursor::close);
    }

    private static Open tail(WalTail tail) {
        return new Open(() -> look(tail), tail::position, tail::close);
    }

    private static @Nullable LogEntry look(WalTail tail) {
        try {
            return tail.poll(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
