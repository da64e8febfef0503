package dev.nori.wal.crash;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Judges the lines that came back after a crash of an import, against those that were sent, in order, and how many of
 * them were acknowledged.
 *
 * <p>Three rules hold everywhere: nothing acknowledged is lost; what is back is a prefix of what was sent, without a
 * hole and in order, byte for byte; nothing is there that was never sent.
 */
final class LineOracle {
    private static final int SHOWN_BYTES = 60;
    private final List<byte[]> sent;

    /** @param sent every record in the order of its append; may be computed, it is only read */
    LineOracle(List<byte[]> sent) {
        this.sent = sent;
    }

    /**
     * What the rules say.
     *
     * @param acknowledged how many were acknowledged
     * @param recovered how many are back, right or wrong
     * @param lost acknowledged ones that are not back in their place
     * @param invented ones that are back and do not belong where they are
     * @param firstWrong the first place where what is back is not what was sent, in words
     */
    record Verdict(long acknowledged, long recovered, long lost, long invented, Optional<String> firstWrong) {
        /** Whether every rule holds. */
        boolean holds() {
            return lost == 0 && invented == 0;
        }
    }

    /** Judges by the number of acknowledgements; for a kill, those that were still in the pipe count as well. */
    Verdict judge(long acknowledged, Iterator<byte[]> recovered) {
        long right = 0;
        long all = 0;
        Optional<String> firstWrong = Optional.empty();
        while (recovered.hasNext()) {
            byte[] back = recovered.next();
            if (firstWrong.isEmpty()) firstWrong = wrongAt(all, back);
            if (firstWrong.isEmpty()) right++;
            all++;
        }
        return new Verdict(acknowledged, all, Math.max(0, acknowledged - right), all - right, firstWrong);
    }

    private Optional<String> wrongAt(long place, byte[] back) {
        if (place >= sent.size()) return Optional.of("place " + place + " is past the end and holds " + shown(back));
        byte[] right = sent.get((int) place);
        if (Arrays.equals(right, back)) return Optional.empty();
        return Optional.of("place " + place + " holds " + shown(back) + " instead of " + shown(right));
    }

    private static String shown(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, SHOWN_BYTES), StandardCharsets.UTF_8);
        return bytes.length + " bytes '" + start + (bytes.length > SHOWN_BYTES ? "…'" : "'");
    }
}
