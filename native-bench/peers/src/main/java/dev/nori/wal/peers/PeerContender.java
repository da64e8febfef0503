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

/** A cell in a JVM of its own: peers want flags, and leave threads. */
record PeerContender(PeerKind kind, Load load) implements Contender {
    static final List<String> FLAGS = List.of(
            "-Dchronicle.analytics.disable=true",
            "-Dchronicle.announcer.disable=true",
            "-Dslf4j.internal.verbosity=ERROR",
            "-Dnet.openhft.level=OFF",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
            "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    @Override
    public String name() {
        return kind.label();
    }

    @Override
    public Map<Metric, Double> measure(Path home, Duration time) throws IOException, InterruptedException {
        try (Workplace place = Workplace.in(home);
                Workplace answer = Workplace.in(home)) {
            Path file = answer.directory().resolve("per-second");
            List<String> cell = List.of(
                    kind.name(),
                    load.name(),
                    place.directory().toString(),
                    Long.toString(time.toMillis()),
                    file.toString());
            Child.run(OneCell.class, FLAGS, cell);
            double perSecond = Double.parseDouble(Files.readString(file));
            return Map.of(Metric.RECORDS_PER_SECOND, perSecond, Metric.BYTES_PER_SECOND, perSecond * load.recordBytes);
        }
    }
}
