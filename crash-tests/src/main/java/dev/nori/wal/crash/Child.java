package dev.nori.wal.crash;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own that writes a log and can be killed: lines go in at one end, what it reports comes out at the
 * other, and what it says on its error stream is kept.
 *
 * <p>Ends with {@link #close}, which leaves no process behind.
 *
 * @param <R> who understands its reports
 */
public final class Child<R extends PipeReader> implements AutoCloseable {
    private static final Executor THREADS =
            task -> Thread.ofPlatform().daemon().name("child-stream").start(task);

    private final Process process;
    private final R reader;
    private final CompletableFuture<Void> reading;
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    private final CompletableFuture<Void> listening;

    private Child(Process process, R reader) {
        this.process = process;
        this.reader = reader;
        this.reading = inBackground(() -> reader.readFrom(process.getInputStream()));
        this.listening = inBackground(() -> process.getErrorStream().transferTo(complaints));
    }

    /** Starts any command. */
    public static <R extends PipeReader> Child<R> start(List<String> command, R reader) throws IOException {
        return new Child<>(new ProcessBuilder(command).start(), reader);
    }

    /** Starts a main class of this program's class path in a JVM like the one the launcher starts. */
    static <R extends PipeReader> Child<R> ofMainClass(String mainClass, List<String> arguments, R reader)
            throws IOException {
        return start(command(mainClass, arguments), reader);
    }

    /**
     * Runs a main class to its end and gives back what it wrote.
     *
     * @throws IOException if it does not end with exit code 0
     */
    static byte[] outputOf(String mainClass, List<String> arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(mainClass, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] output = process.getInputStream().readAllBytes();
        int exitCode = process.waitFor();
        if (exitCode != 0) throw new IOException(mainClass + " " + arguments + " ended with exit code " + exitCode);
        return output;
    }

    /** The command that runs a main class of this program's class path, as the launcher would. */
    static List<String> command(String mainClass, List<String> arguments) {
        return command(List.of("-XX:+UseSerialGC", "-Xshare:auto"), ownClassPath(), mainClass, arguments);
    }

    /** The command that runs a main class in a JVM that is up soon and is not meant to live long. */
    public static List<String> briefCommand(String classPath, Path scratch, String mainClass, List<String> arguments) {
        List<String> options = List.of(
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + scratch); // native libraries unpack themselves, and a kill leaves them there
        return command(options, classPath, mainClass, arguments);
    }

    private static List<String> command(
            List<String> options, String classPath, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /** The class path of this program. */
    public static String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    /** Sends lines from a thread of its own, then closes the pipe. A child that ends before takes no more. */
    void feed(List<byte[]> lines) {
        THREADS.execute(() -> send(lines));
    }

    private void send(List<byte[]> lines) {
        try (OutputStream in = new BufferedOutputStream(process.getOutputStream())) {
            for (byte[] line : lines) {
                in.write(line);
                in.write('\n');
            }
        } catch (IOException childHasEnded) {
            // Its exit code and its acknowledgements say all there is to know.
        }
    }

    /** Lets a child that waits after each step go on. False if it does not listen any more. */
    public boolean letGo() {
        return tell("");
    }

    /** Sends a line. False if it does not listen any more. */
    public boolean tell(String line) {
        try {
            process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            return true;
        } catch (IOException childHasEnded) {
            return false;
        }
    }

    /** What it has reported; grows while it lives. */
    public R reader() {
        return reader;
    }

    /** The number of the process. */
    public long pid() {
        return process.pid();
    }

    /** Whether the process still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9}. The pipes stay open: {@code Process.destroyForcibly} would close them and lose their content. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /**
     * Waits until the process is gone and the last report in the pipe is read.
     *
     * @return its exit code; 137 after {@link #kill}
     * @throws IOException if the reports make no sense
     */
    public int await() throws IOException, InterruptedException {
        int exitCode = process.waitFor();
        try {
            reading.join();
        } catch (CompletionException e) {
            throw new IOException("the reports of the child make no sense", e.getCause());
        }
        return exitCode;
    }

    /**
     * Waits like {@link #await()}; kills it if it takes too long.
     *
     * @throws IOException if it had to be killed, or if the reports make no sense
     */
    public int await(Duration limit) throws IOException, InterruptedException {
        if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) return await();
        kill();
        await();
        throw new IOException("the child was still there after " + limit.toSeconds() + " s");
    }

    /** Waits for it to end by itself. False if it does not in that time; it is left alone then. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Everything it wrote to its error stream; waits for the end. */
    public String complaints() {
        listening.join();
        return complaints.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        kill();
    }

    /** Work that may fail with an {@link IOException}. */
    private interface StreamWork {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> inBackground(StreamWork work) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                THREADS);
    }
}
