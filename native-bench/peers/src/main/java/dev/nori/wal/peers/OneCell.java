package dev.nori.wal.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The JVM of one cell: {@code OneCell <peer> <load> <directory> <milliseconds> <file for records a second>}. */
final class OneCell {
    private static final Logger LOG_OF_THE_LOG = Logger.getLogger("dev.nori.wal");

    private OneCell() {}

    public static void main(String[] arguments) throws Exception {
        LOG_OF_THE_LOG.setLevel(Level.WARNING);
        Cell cell = new Cell(PeerKind.valueOf(arguments[0]), Load.valueOf(arguments[1]));
        Path directory = Path.of(arguments[2]);
        Duration time = Duration.ofMillis(Long.parseLong(arguments[3]));
        double perSecond = cell.run(directory, time).perSecond();
        Files.writeString(Path.of(arguments[4]), Double.toString(perSecond));
        System.exit(0); // some peers leave threads behind
    }
}
