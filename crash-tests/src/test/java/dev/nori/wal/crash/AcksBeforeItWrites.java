package dev.nori.wal.crash;

import dev.nori.wal.Wal;
import dev.nori.wal.WalConfig;
import dev.nori.wal.WalRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An importer with the bug the harness must find: it acknowledges what it still holds in memory. */
final class AcksBeforeItWrites {
    private static final int HELD_BACK = 500;

    private AcksBeforeItWrites() {}

    public static void main(String[] append) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream acks = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        List<String> held = new ArrayList<>();
        try (Wal wal = Wal.open(Path.of(append[1]), WalConfig.defaults())) {
            long number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                held.add(line);
                acks.print(++number + "\n");
                acks.flush();
                if (held.size() == HELD_BACK) write(held, wal);
            }
            write(held, wal);
        }
    }

    private static void write(List<String> held, Wal wal) {
        for (String line : held) wal.append(WalRecord.put(new byte[0], line.getBytes(StandardCharsets.UTF_8)));
        held.clear();
    }
}
