package dev.nori.wal.cli;

import dev.nori.wal.VerifyOptions;
import java.util.Locale;

/** How far something is, as a bar of fixed width. Any thread may tell it, any may look. */
final class Bar implements VerifyOptions.Progress {
    private static final int CELLS = 30;

    /** Both at once, so that a look never mixes two moments. */
    private record Moment(long done, long total) {}

    private volatile Moment moment = new Moment(0, 0);

    @Override
    public void at(long doneBytes, long totalBytes) {
        moment = new Moment(doneBytes, totalBytes);
    }

    /** {@code [##########--------------------]  33%   1.2 GiB/s    12 s left}. */
    String text(double seconds) {
        Moment now = moment;
        double part = now.total() == 0 ? 0 : (double) now.done() / now.total();
        int full = (int) (CELLS * part);
        String bar = "#".repeat(full) + "-".repeat(CELLS - full);
        String rate = Sizes.inWords((long) (now.done() / seconds)) + "/s";
        double left = part == 0 ? 0 : seconds * (1 - part) / part;
        return String.format(Locale.ROOT, "[%s] %3.0f%% %13s %6.0f s left", bar, 100 * part, rate, left);
    }
}
