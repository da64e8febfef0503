package dev.nori.wal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nori.wal.Compression;
import dev.nori.wal.WalRecord;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

/** Programs in a JVM of their own: without the libraries, and without leave for native code. */
class MissingCodecTest {
    /** What such a program does: asks, then stores. */
    static final class Probe {
        public static void main(String[] names) {
            for (String name : names) {
                Compression compression = Compression.valueOf(name);
                boolean available = Codecs.isAvailable(compression);
                System.out.println(name + (available ? " is available" : " is missing"));
                try {
                    WalRecord record =
                            WalRecord.put(new byte[1], new byte[1000]).compressed(compression);
                    System.out.println(
                            "stored in less: " + (Stored.store(record).bytes().byteSize() < 1000));
                } catch (IllegalArgumentException refusal) {
                    System.out.println(refusal.getMessage());
                }
            }
        }
    }

    @Test
    void saysWhichLibraryToAddAndStoresTheRest() throws Exception {
        assertEquals("""
                LZ4 is missing
                LZ4 needs at.yawk.lz4:lz4-java: put it on the class path, or on the module path with --add-modules org.lz4.java
                ZSTD is missing
                Zstandard needs com.github.luben:zstd-jni: put it on the class path, or on the module path with --add-modules com.github.luben.zstd_jni
                NONE is available
                stored in less: false
                AUTO is available
                stored in less: false
                """, run(ours(), List.of(), "LZ4", "ZSTD", "NONE", "AUTO"));
    }

    @Test
    void saysWhichFlagToAddWhereNativeCodeIsDeniedAndCompressesLz4InJava() throws Exception {
        assumeTrue(Runtime.version().feature() >= 24, "--illegal-native-access came with JDK 24");
        assertEquals("""
                LZ4 is available
                stored in less: true
                ZSTD is missing
                Zstandard cannot load its native code: start java with --enable-native-access=com.github.luben.zstd_jni, or =ALL-UNNAMED for the class path
                """, run(withLibraries(), List.of("--illegal-native-access=deny"), "LZ4", "ZSTD"));
    }

    @Test
    void printsNoWarningForLz4WithoutLeaveForNativeCode() throws Exception {
        assertEquals("LZ4 is available\nstored in less: true\n", run(withLibraries(), List.of(), "LZ4"));
    }

    /** Runs the probe; what it prints, to either stream. */
    private static String run(List<Path> classPath, List<String> flags, String... names)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"));
        command.addAll(flags);
        command.add("-cp");
        command.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(Probe.class.getName());
        command.addAll(List.of(names));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.replace("\r\n", "\n");
    }

    private static List<Path> ours() throws Exception {
        return List.of(home(Codecs.class), homeOfTests());
    }

    private static List<Path> withLibraries() throws Exception {
        return Stream.concat(ours().stream(), Stream.of(home(LZ4Factory.class), home(com.github.luben.zstd.Zstd.class)))
                .toList();
    }

    private static Path home(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Where the tests lie. They may be patched into the module, and then have no code source of their own. */
    private static Path homeOfTests() throws Exception {
        Path itself = Path.of(Objects.requireNonNull(MissingCodecTest.class.getResource("MissingCodecTest.class"))
                .toURI());
        return itself.resolve("../../../../..").normalize(); // out of dev/nori/wal/codec
    }
}
