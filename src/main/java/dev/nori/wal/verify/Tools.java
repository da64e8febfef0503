package dev.nori.wal.verify;

import dev.nori.wal.codec.ValueBuffer;
import dev.nori.wal.frame.FrameCursor;
import dev.nori.wal.io.Storage;
import dev.nori.wal.segment.SegmentWindow;

/** What a thread uses again for each segment, so that memory does not grow with their number. */
final class Tools {
    private final Storage storage;
    private final SegmentWindow window = new SegmentWindow();
    private final FrameCursor cursor = new FrameCursor();
    private final ValueBuffer values = new ValueBuffer();
    private final Trailers trailers;
    private final Pace pace;

    Tools(Storage storage, Pace pace) {
        this.storage = storage;
        this.pace = pace;
        this.trailers = new Trailers(storage);
    }

    Storage storage() {
        return storage;
    }

    SegmentWindow window() {
        return window;
    }

    FrameCursor cursor() {
        return cursor;
    }

    ValueBuffer values() {
        return values;
    }

    Trailers trailers() {
        return trailers;
    }

    Pace pace() {
        return pace;
    }
}
