package dev.nori.wal.crash.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
    private final FaultPart often = new Part("often", 9);
    private final FaultPart seldom = new Part("seldom", 3);
    private final FaultSchedule schedule = new FaultSchedule(List.of(often, seldom));

    private record Part(String name, int brief) implements FaultPart {
        @Override
        public Optional<String> missing() {
            return Optional.empty();
        }

        @Override
        public FaultOutcome run(int number, Path directory) {
            throw new AssertionError("nobody runs it here");
        }
    }

    @Test
    void hasEveryTrialOfEveryPartOnceInAShortRun() {
        Set<FaultSchedule.Turn> turns = new HashSet<>();
        IntStream.range(0, schedule.brief()).mapToObj(schedule::turn).forEach(turns::add);
        assertEquals(12, turns.size());
        for (int i = 0; i < 9; i++) assertTrue(turns.contains(new FaultSchedule.Turn(often, i)));
        for (int i = 0; i < 3; i++) assertTrue(turns.contains(new FaultSchedule.Turn(seldom, i)));
    }

    @Test
    void comesToEveryPartEarly() {
        assertTrue(IntStream.range(0, 4)
                .mapToObj(schedule::turn)
                .anyMatch(turn -> turn.part().equals(seldom)));
    }

    @Test
    void goesOnWithNewTrialsAfterAShortRun() {
        FaultSchedule.Turn first = schedule.turn(0);
        FaultSchedule.Turn again = schedule.turn(schedule.brief());
        assertEquals(first.part(), again.part());
        assertEquals(first.number() + first.part().brief(), again.number());
    }
}
