package dev.nori.wal.cli;

import java.util.Locale;
import java.util.function.DoubleFunction;

/** Shows a person that something is going on: one line on a terminal, written over again and again. */
final class Progress implements AutoCloseable {
    private static final long PERIOD_MILLIS = 200;
    private static final String BLANK = "\r" + " ".repeat(79) + "\r";

    private final Console console;
    private final DoubleFunction<String> text;
    private final long startNanos = System.nanoTime();
    private final Thread thread = new Thread(this::show, "nori-wal-progress");

    private Progress(Console console, DoubleFunction<String> text) {
        this.console = console;
        this.text = text;
    }

    /** Shows the count until it is closed, if there is a terminal; else does nothing. */
    static Progress of(Acks acks, Console console) {
        return of(
                seconds ->
                        String.format(Locale.ROOT, "%,d lines, %,.0f lines/s ", acks.count(), acks.count() / seconds),
                console);
    }

    /**
     * The same with another text.
     *
     * @param text what to show after that many seconds; it must not become shorter
     */
    static Progress of(DoubleFunction<String> text, Console console) {
        Progress progress = new Progress(console, text);
        progress.thread.setDaemon(true);
        if (console.errIsTerminal()) progress.thread.start();
        return progress;
    }

    private void show() {
        try {
            while (true) {
                Thread.sleep(PERIOD_MILLIS);
                console.err().print("\r" + text());
                console.err().flush();
            }
        } catch (InterruptedException closed) {
            console.err().print(BLANK);
            console.err().flush();
        }
    }

    private String text() {
        return text.apply((System.nanoTime() - startNanos) / 1e9);
    }

    /** Leaves a clean line behind. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
