package dev.nori.wal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.Position;
import dev.nori.wal.RecoveryReport;
import dev.nori.wal.Verdict;
import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.io.contract.Engine;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class ReopeningTest extends EverySetting {
    @Test
    void keepsEverythingOverAndOver() {
        int generation = 0;
        int rounds = setting.policy() == Policy.BATCH && setting.engine() == Engine.NIO ? 100 : 10;
        for (int round = 0; round < rounds; round++) {
            try (Wal wal = open()) {
                RecoveryReport report = wal.recovery();
                assertTrue(report.generation() > generation, () -> "generations grow: " + report);
                generation = report.generation();
                assertEquals(3L * round, report.records());
                assertEquals(3L * round, report.nextSequence());
                assertEquals(0, report.firstSequence());
                assertEquals(Position.START, report.first());
                Records.append(wal, 3 * round, 3 * round + 3);
            }
        }
        try (Wal wal = open()) {
            Records.assertHolds(wal, 3 * rounds);
            assertInstanceOf(Verdict.Clean.class, wal.recovery().verdict());
        }
    }

    @Test
    void takesAnyOtherSegmentSize() {
        List<Long> sizes = List.of(1L << 20, 4L << 20, 1L << 20, (1L << 20) + 4096, 2L << 20, 1L << 20);
        int count = 0;
        for (long size : sizes) {
            try (Wal wal = open(config().withMaxSegmentBytes(size))) {
                assertEquals(count, wal.recovery().records());
                for (int i = 0; i < 40; i++) wal.append(Records.sized(count++, 40_000));
            }
        }
        try (Wal wal = open()) {
            var entries = Records.entries(wal);
            Records.assertConsistent(entries, 0);
            for (int i = 0; i < count; i++)
                assertEquals(Records.sized(i, 40_000), entries.get(i).record());
            assertEquals(count, entries.size());
        }
    }

    @Test
    void takesAnyOtherEngineAndPolicy() {
        List<Setting> others =
                Setting.all().filter(other -> worksHere(other.engine(), home)).toList();
        int count = 0;
        try (Wal wal = open()) {
            Records.append(wal, count, count += 20);
        }
        for (Setting other : others.reversed()) {
            boolean otherEngine = other.engine() != setting.engine();
            boolean otherPolicy = other.policy() != setting.policy();
            if (otherEngine == otherPolicy) continue; // one change at a time
            try (Wal wal = other.open(directory)) {
                assertEquals(new Verdict.Clean(), wal.recovery().verdict());
                Records.append(wal, count, count += 20);
                Records.assertHolds(wal, count);
            }
        }
        try (Wal wal = open()) {
            Records.assertHolds(wal, count);
        }
    }

    private static boolean worksHere(Engine engine, Path home) {
        try {
            engine.assumeWorksIn(home);
            return true;
        } catch (TestAbortedException e) {
            return false;
        }
    }

    @Test
    void takesPreallocationOnAndOff() {
        int count = 0;
        for (int round = 0; round < 6; round++) {
            WalConfig config = round % 2 == 0 ? config().withoutPreallocation() : config();
            try (Wal wal = open(config.withMaxSegmentBytes(3 << 20))) {
                for (int i = 0; i < 60; i++) wal.append(Records.sized(count++, 20_000));
            }
        }
        try (Wal wal = open()) {
            assertEquals(count, Records.entries(wal).size());
        }
    }

    @Test
    void worksOnALogThatWasNeverWrittenTo() {
        for (int round = 0; round < 5; round++) {
            try (Wal wal = open()) {
                assertEquals(0, wal.recovery().records());
                assertEquals(List.of(), Records.entries(wal));
            }
        }
    }

    @Test
    void createsTheDirectoriesAbove() {
        directory = home.resolve("a/b/c");
        try (Wal wal = open()) {
            Records.append(wal, 0, 1);
        }
        try (Wal wal = open()) {
            Records.assertHolds(wal, 1);
        }
    }
}
