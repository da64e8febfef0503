package dev.nori.wal.bench.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final List<String> order = new ArrayList<>();
    private final List<Path> homes = new ArrayList<>();

    private Contender contender(String name) {
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Map<Metric, Double> measure(Path home, Duration time) throws IOException {
                order.add(name);
                homes.add(home);
                Files.writeString(home.resolve(name + order.size()), "left behind");
                return Map.of(Metric.MILLIS, (double) order.size());
            }
        };
    }

    private static Study study(List<Contender> contenders) {
        return Study.of("id", "title", contenders, Duration.ofMillis(1), 2, List.of());
    }

    @Test
    void letContendersTakeTurnsAndTurnTheOrder() throws Exception {
        Rounds.run(study(List.of(contender("a"), contender("b"), contender("c"))));
        assertEquals(List.of("a", "b", "c", "b", "c", "a", "c", "a", "b"), order);
    }

    @Test
    void doNotCountTheWarmUp() throws Exception {
        StudyResult result = Rounds.run(study(List.of(contender("a"))));
        assertEquals(
                List.of(2., 3.), result.find("a", Metric.MILLIS).orElseThrow().values());
    }

    @Test
    void deleteWhatTheContendersLeft() throws Exception {
        Rounds.run(study(List.of(contender("a"))));
        assertFalse(Files.exists(homes.get(0)));
    }

    @Test
    void rememberWhyAContenderCouldNotBeMeasured() throws Exception {
        Contender impossible = new Contender() {
            @Override
            public String name() {
                return "impossible";
            }

            @Override
            public Map<Metric, Double> measure(Path home, Duration time) {
                throw new UnsupportedOperationException("not on this machine");
            }
        };
        StudyResult result = Rounds.run(study(List.of(impossible, contender("a"))));
        assertEquals(Map.of("impossible", "not on this machine"), result.missing());
        assertTrue(result.find("a", Metric.MILLIS).isPresent());
    }

    @Test
    void failWhereAContenderDidNotDoItsWork() {
        Contender liar = new Contender() {
            @Override
            public String name() {
                return "liar";
            }

            @Override
            public Map<Metric, Double> measure(Path home, Duration time) {
                throw new AssertionError("3 records, not 4");
            }
        };
        assertThrows(AssertionError.class, () -> Rounds.run(study(List.of(liar))));
    }
}
