package dev.nori.wal.crash;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The harness's side of a {@link RecoveryServer}. For one thread. */
public final class Verifier implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Child<Replies> child;

    /** Starts one; {@code scratch} is a folder of its own. */
    public Verifier(MutantClasses classes, Path scratch) throws IOException {
        this.child = Child.start(
                Child.briefCommand(classes.classPath(), scratch, RecoveryServer.class.getName(), java.util.List.of()),
                new Replies());
    }

    /** Something to do while the log is open and reported. */
    public interface WhileOpen {
        void run() throws IOException;
    }

    /**
     * Opens a log, takes down what is in it, closes it.
     *
     * @return the report; its stage is {@link Transcript.Stage#CLOSED} if all went well
     * @throws IOException if the verifier died or answers no more
     */
    public Transcript verify(LogSpec log, WhileOpen whileOpen) throws IOException, InterruptedException {
        Workload inspection = Workload.inspection(log, Workload.Ending.CLOSE);
        send(String.join(RecoveryServer.SEPARATOR, inspection.arguments()));
        String opened = reply(RecoveryServer.HELD);
        whileOpen.run();
        send("");
        String closed = reply(RecoveryServer.DONE);
        Transcript transcript = new Transcript();
        transcript.readFrom(new ByteArrayInputStream((opened + closed).getBytes(StandardCharsets.UTF_8)));
        return transcript;
    }

    private void send(String line) throws IOException {
        if (!child.tell(line)) throw new IOException("the verifier is gone: " + child.complaints());
    }

    private String reply(String end) throws IOException, InterruptedException {
        String reply = child.reader().replies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (reply == null) throw new IOException("the verifier did not answer in " + PATIENCE_SECONDS + " s");
        if (reply.equals(Replies.GONE)) throw new IOException("the verifier died: " + child.complaints());
        if (!reply.endsWith(end + "\n")) throw new IOException("the verifier said: " + reply);
        return reply.substring(0, reply.length() - end.length() - 1);
    }

    @Override
    public void close() {
        child.close();
    }

    /** Cuts what it says into replies. */
    private static final class Replies implements PipeReader {
        private static final String GONE = "";

        private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();

        @Override
        public void readFrom(InputStream pipe) throws IOException {
            StringBuilder reply = new StringBuilder();
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8))) {
                for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                    reply.append(line).append('\n');
                    if (!line.equals(RecoveryServer.HELD) && !line.equals(RecoveryServer.DONE)) continue;
                    replies.add(reply.toString());
                    reply.setLength(0);
                }
            } finally {
                replies.add(GONE);
            }
        }
    }
}
