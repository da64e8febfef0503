package dev.nori.wal;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which room may call which. A new room is entered here, with the rooms below it, before it is built. */
class ArrowsTest {
    private static final String FACE = "dev.nori.wal";

    /** May call every room, and is called by the face alone. */
    private static final String ASSEMBLY = "assembly";

    /** The rooms that each other room may call. Every room may also use the values of the public face. */
    private static final Map<String, List<String>> ROOMS = Map.ofEntries(
            entry("frame", List.of()),
            entry("io", List.of()),
            entry("io.linux", List.of("io")),
            entry("io.nio", List.of("io")),
            entry("codec", List.of("frame")),
            entry("handoff", List.of("frame", "io")),
            entry("segment", List.of("frame", "io")),
            entry("append", List.of("codec", "frame", "handoff", "segment", "io")), // hands files on, calls none
            entry("flush", List.of("frame", "handoff", "io", "segment")),
            entry("recover", List.of("frame", "handoff", "io", "segment")),
            entry("verify", List.of("codec", "frame", "handoff", "io", "segment")),
            entry("read", List.of("codec", "frame", "handoff", "io", "segment")));

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .importUrl(Position.class.getProtectionDomain().getCodeSource().getLocation());

    @ParameterizedTest
    @MethodSource("rooms")
    void eachRoomCallsOnlyTheRoomsBelowIt(String room) {
        List<String> below = ROOMS.getOrDefault(room, List.of());
        hold(classes()
                .that()
                .resideInAPackage(room(room))
                .should()
                .onlyDependOnClassesThat(areForeignOrIn(Stream.concat(
                        Stream.of(FACE, room(room)), below.stream().map(ArrowsTest::room))))
                .as(room + " calls " + (below.isEmpty() ? "no other room" : "only " + String.join(", ", below))));
    }

    @Test
    void thePublicFaceCallsOnlyTheAssembly() {
        hold(classes()
                .that()
                .resideInAPackage(FACE)
                .should()
                .onlyDependOnClassesThat(areForeignOrIn(Stream.of(FACE, room(ASSEMBLY)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"frame", "io", "io.linux", "io.nio"})
    void theLowestRoomsUseOnlyValuesOfThePublicFaceAndNothingThatIsOpened(String room) {
        hold(noClasses()
                .that()
                .resideInAPackage(room(room))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(FACE).and(JavaClass.Predicates.assignableTo(AutoCloseable.class))));
    }

    @Test
    void everyPackageIsARoomWithKnownArrows() {
        Set<String> unknown = new TreeSet<>();
        LIBRARY.forEach(type -> unknown.add(type.getPackageName()));
        unknown.remove(""); // module-info
        unknown.remove(FACE);
        unknown.remove(room(ASSEMBLY));
        ROOMS.keySet().forEach(room -> unknown.remove(room(room)));
        assertEquals(Set.of(), unknown, "packages that are no room yet");
    }

    @Test
    void onlyTheLinuxEngineLinksNativeFunctions() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackage(room("io.linux"))
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.foreign\\.Linker(\\$.*)?"));
    }

    @Test
    void onlyTheNioEngineOpensChannelsAndThePortMapsThem() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackages(room("io"), room("io.nio"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.nio.channels.."));
        hold(noClasses()
                .that()
                .resideInAPackage(room("io"))
                .should()
                .dependOnClassesThat(resideInAPackage("java.nio.channels..")
                        .and(not(DescribedPredicate.describe(
                                "are FileChannel", type -> type.getName().startsWith(FileChannel.class.getName()))))));
    }

    @Test
    void framesKnowNoFileNoClockAndNoThread() {
        hold(noClasses()
                .that()
                .resideInAPackage(room("frame"))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.util.concurrent")
                                .or(JavaClass.Predicates.assignableTo(Thread.class)))
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
    }

    @Test
    void onlyCodecsTouchTheLibrariesThatMayBeMissing() {
        hold(noClasses()
                .that()
                .resideOutsideOfPackage(room("codec"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("net.jpountz..", "com.github.luben.."));
    }

    static Stream<String> rooms() {
        return ROOMS.keySet().stream().sorted();
    }

    private static String room(String name) {
        return FACE + "." + name;
    }

    private static DescribedPredicate<JavaClass> areForeignOrIn(Stream<String> packages) {
        return not(resideInAPackage(FACE + "..")).or(resideInAnyPackage(packages.toArray(String[]::new)));
    }

    /** A room that is still empty keeps every rule. */
    private static void hold(ArchRule rule) {
        rule.allowEmptyShould(true).check(LIBRARY);
    }
}
