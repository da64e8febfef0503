package dev.nori.wal.crash.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Runs the verification of the program under test, and says in words what it found. */
final class Judge {
    private static final int TAIL_LIMIT_BYTES = 2000;

    private final CrashSubject subject;
    private final Duration patience;
    private final Path output;

    /** @param output a file that is written over, not on the disk under test */
    Judge(CrashSubject subject, Duration patience, Path output) {
        this.subject = subject;
        this.patience = patience;
        this.output = output;
    }

    /** What is wrong in a directory after a crash; nothing if every promise was kept. */
    Optional<String> judge(Path directory, long acknowledged) throws IOException, InterruptedException {
        ProcessBuilder command = subject.verification(directory, acknowledged)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Child child = Child.start(command);
        try {
            if (!child.await(patience)) return Optional.of("verification did not end" + tail());
            int status = child.process().exitValue();
            return status == 0 ? Optional.empty() : Optional.of("verification gave " + status + tail());
        } finally {
            child.kill();
        }
    }

    private String tail() throws IOException {
        byte[] bytes = Files.readAllBytes(output);
        int from = Math.max(0, bytes.length - TAIL_LIMIT_BYTES);
        String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "" : ": " + text;
    }
}
