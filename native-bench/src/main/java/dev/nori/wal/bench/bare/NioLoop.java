package dev.nori.wal.bench.bare;

import dev.nori.wal.bench.load.Crowd;
import dev.nori.wal.bench.load.Tally;
import dev.nori.wal.bench.load.Texts;
import dev.nori.wal.bench.load.Whistle;
import dev.nori.wal.bench.load.Workplace;
import dev.nori.wal.bench.study.Contender;
import dev.nori.wal.bench.study.Metric;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/** What one writes first: {@code FileChannel.write} at the end of a growing file, then {@code force(false)}. */
public record NioLoop(int recordBytes) implements Contender {
    @Override
    public String name() {
        return "plain NIO";
    }

    @Override
    public Map<Metric, Double> measure(Path home, Duration time) throws Exception {
        try (Workplace place = Workplace.in(home);
                FileChannel channel = FileChannel.open(
                        place.directory().resolve("nio"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Tally tally = Crowd.alone().run(time, whistle -> appendUntil(whistle, channel));
            if (channel.size() != tally.operations() * recordBytes) throw new AssertionError("bytes are missing");
            return Map.of(Metric.RECORDS_PER_SECOND, tally.perSecond());
        }
    }

    private long appendUntil(Whistle whistle, FileChannel channel) throws IOException {
        ByteBuffer data = ByteBuffer.allocateDirect(recordBytes).put(new Texts(1).record(recordBytes));
        long count = 0;
        for (; !whistle.isBlown(); count++) {
            data.rewind();
            while (data.hasRemaining()) channel.write(data);
            channel.force(false);
        }
        return count;
    }
}
