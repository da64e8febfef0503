package dev.nori.wal.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The outside of a command: the three streams, what is behind them, and the way to hear of a signal.
 *
 * @param in bytes, read as they come
 * @param out bytes, not buffered: every write is one write of the operating system
 * @param err sentences for a person
 * @param outIsTerminal whether colours make sense on {@code out}
 * @param errIsTerminal whether a person watches {@code err}
 * @param outIsPipe whether a failed write to {@code out} means that the reader has seen enough
 * @param onExit takes what must be done when the process is told to end
 */
record Console(
        InputStream in,
        OutputStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        boolean outIsPipe,
        Consumer<Runnable> onExit) {
    private static final int FILE_TYPE = 0170000;
    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;

    /** The streams of this process. */
    static Console ofThisProcess() {
        return new Console(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isTerminal("1"),
                isTerminal("2"),
                isPipe("1"),
                task -> Runtime.getRuntime().addShutdownHook(new Thread(task, "nori-wal-exit")));
    }

    /** Text on {@code out}, as UTF-8 and with a line end that is the same everywhere. */
    void print(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            if (!outIsPipe) throw Problem.midway("cannot write to standard output: " + Problem.text(e));
        }
    }

    /** One sentence on {@code err}. */
    void say(String sentence) {
        String line = sentence.replace('\n', ' ');
        err.print("nori-wal: " + line + (line.endsWith(".") || line.endsWith("?") ? "\n" : ".\n"));
        err.flush();
    }

    // System.console() answers for stdin and stdout together and would not see a person behind stderr alone.
    private static boolean isTerminal(String descriptor) {
        try {
            String device = Path.of("/proc/self/fd", descriptor).toRealPath().toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException notLinux) {
            return false;
        }
    }

    private static boolean isPipe(String descriptor) {
        Path link = Path.of("/proc/self/fd", descriptor);
        if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) return true;
        try {
            int type = (int) Files.getAttribute(link, "unix:mode") & FILE_TYPE;
            return type == PIPE || type == SOCKET;
        } catch (IOException | UnsupportedOperationException unknown) {
            return true;
        }
    }
}
