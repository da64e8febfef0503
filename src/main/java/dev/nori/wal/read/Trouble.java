package dev.nori.wal.read;

import dev.nori.wal.WalException;
import dev.nori.wal.io.IoFailure;
import org.jspecify.annotations.Nullable;

/** What a reader's caller is told when reading goes wrong. */
final class Trouble {
    private Trouble() {}

    /** A question that may fail in the file system. */
    @FunctionalInterface
    interface Question<T extends @Nullable Object> {
        T ask() throws IoFailure;
    }

    /**
     * Asks, and says what went wrong in the words of the public face.
     *
     * @param open throws if the log or the reader was closed: that explains all that goes wrong at the same time
     */
    static <T extends @Nullable Object> T told(Runnable open, Question<T> question) {
        open.run();
        try {
            return question.ask();
        } catch (IoFailure e) {
            open.run();
            throw new WalException.CannotRead("the log cannot be read: " + e.getMessage(), e);
        } catch (IllegalStateException e) {
            open.run(); // the stage is gone
            throw e;
        }
    }

    static IllegalStateException nothingToShow() {
        return new IllegalStateException("there is no record to show: next() comes first, and must answer true");
    }

    static IllegalArgumentException beyondTheEnd(long position, long end) {
        return new IllegalArgumentException(
                "position %d lies beyond the end of the log, which is at %d".formatted(position, end));
    }
}
