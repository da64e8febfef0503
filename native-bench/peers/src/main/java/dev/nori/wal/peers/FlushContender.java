package dev.nori.wal.peers;

import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.study.Child;
import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@link FlushCount} in a JVM of its own. */
record FlushContender(PeerKind kind) implements Contender {
    @Override
    public String name() {
        return kind.label();
    }

    @Override
    public Map<Metric, Double> measure(Path home, Duration time) throws IOException, InterruptedException {
        if (!System.getProperty("user.name").equals("root")) {
            throw new UnsupportedOperationException("a device of its own needs root");
        }
        try (Workplace answer = Workplace.in(home)) {
            Path file = answer.directory().resolve("flushes");
            Child.run(FlushCount.class, PeerContender.FLAGS, List.of(kind.name(), file.toString()));
            return Map.of(Metric.FLUSHES_PER_APPEND, Double.parseDouble(Files.readString(file)));
        }
    }
}
