package dev.nori.wal.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Turns what the library logs into single lines on the console's error stream, and keeps the small talk away. */
final class LogMessages extends Handler {
    // The logging framework forgets a logger, and what was set on it, unless somebody holds on to it.
    private static final Logger LIBRARY = Logger.getLogger("dev.nori.wal");

    private final Console console;
    private final SimpleFormatter formatter = new SimpleFormatter();

    private LogMessages(Console console) {
        this.console = console;
    }

    /** From now on what the library logs from {@code least} on goes to {@code console}, and nowhere else. */
    static void show(Level least, Console console) {
        for (Handler earlier : LIBRARY.getHandlers()) LIBRARY.removeHandler(earlier);
        LIBRARY.setUseParentHandlers(false);
        LIBRARY.setLevel(least);
        LIBRARY.addHandler(new LogMessages(console));
    }

    @Override
    public void publish(LogRecord message) {
        if (isLoggable(message)) console.say(formatter.formatMessage(message));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
