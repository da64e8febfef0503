package dev.nori.wal.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Replays what the fuzzer began with and what it once found, and a few hundred blind mutations of each, without Jazzer. */
class KeptInputsTest {
    private static final int MUTATIONS = 300;

    private final long seed = Long.getLong("nori.seed", System.nanoTime());

    @Test
    void areJudgedAsHeaders() throws Exception {
        replay("Header", HeaderTarget::fuzzerTestOneInput);
    }

    @Test
    void areJudgedAsFooters() throws Exception {
        replay("Footer", FooterTarget::fuzzerTestOneInput);
    }

    @Test
    void areJudgedAsFrames() throws Exception {
        replay("Frame", FrameTarget::fuzzerTestOneInput);
    }

    @Test
    void areJudgedAsCompressedValues() throws Exception {
        replay("Value", ValueTarget::fuzzerTestOneInput);
    }

    @Test
    void areJudgedAsSlotsOfTheControlFile() throws Exception {
        replay("Slot", SlotTarget::fuzzerTestOneInput);
    }

    @Test
    void areDrainedOrRefusedAsStages() throws Exception {
        replay("Stage", StageTarget::fuzzerTestOneInput);
    }

    @Test
    void areRecoveredOrRefusedAsLogs() throws Exception {
        replay("Recovery", RecoveryTarget::fuzzerTestOneInput);
    }

    private void replay(String target, Consumer<byte[]> run) throws Exception {
        System.out.println("mutations of " + target + " from -Dnori.seed=" + seed);
        List<Path> inputs = inputs(target);
        assertFalse(inputs.isEmpty(), "nothing is kept for " + target);
        SplittableRandom random = new SplittableRandom(seed);
        for (Path input : inputs) {
            byte[] bytes = Files.readAllBytes(input);
            judge(input, bytes, run);
            for (int i = 0; i < MUTATIONS / inputs.size(); i++) judge(input, mutated(bytes, random), run);
        }
    }

    private static void judge(Path input, byte[] bytes, Consumer<byte[]> run) {
        try {
            run.accept(bytes);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    input + " or a mutation of it: " + java.util.HexFormat.of().formatHex(bytes), e);
        }
    }

    private static byte[] mutated(byte[] bytes, SplittableRandom random) {
        byte[] other = bytes.clone();
        for (int i = random.nextInt(1, 4); i > 0 && other.length > 0; i--) {
            other[random.nextInt(other.length)] = (byte) random.nextInt();
        }
        return other;
    }

    private static List<Path> inputs(String target) throws Exception {
        Path directory =
                Path.of(KeptInputsTest.class.getResource("/fuzz/" + target).toURI());
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
