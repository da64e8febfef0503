package dev.nori.wal.crash;

import dev.nori.wal.Wal;
import dev.nori.wal.WalException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A process that recovers one log after the other, so that the start of a JVM is paid for once.
 *
 * <p>Each line on standard input names a log: {@link Workload#arguments}, tabs between them. It is opened and all that is
 * in it reported, as {@link Transcript} explains; then comes {@link #HELD}, and the log stays open until the next line,
 * an empty one. It is closed, nothing of it is held open any more, and {@link #DONE} is said.
 */
public final class RecoveryServer {
    static final String HELD = "held";
    static final String DONE = "done";
    static final String SEPARATOR = "\t";

    private final Reporter reporter = new Reporter(new FileOutputStream(FileDescriptor.out));
    private final BufferedReader requests =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private boolean held;

    private RecoveryServer() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws IOException {
        new RecoveryServer().serve();
    }

    private void serve() throws IOException {
        for (String request = requests.readLine(); request != null; request = requests.readLine()) {
            verify(Workload.parse(request.split(SEPARATOR, -1)).log());
            reporter.say(DONE);
        }
    }

    @SuppressWarnings("try") // closed early, so that it can say so
    private void verify(LogSpec log) throws IOException {
        reporter.say(Transcript.OPENING);
        try (Wal wal = Wal.open(log.directory(), log.config())) {
            reporter.say(Transcript.OPEN + Opened.of(wal).inWords());
            reporter.list(wal, log.seed());
            hold();
            reporter.say(Transcript.CLOSING);
            wal.close();
            reporter.say(Transcript.CLOSED);
        } catch (WalException e) {
            reporter.refuse(e);
            if (!held) hold();
        }
        held = false;
    }

    private void hold() throws IOException {
        held = true;
        reporter.say(HELD);
        requests.readLine();
    }
}
