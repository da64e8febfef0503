package dev.nori.wal.races;

import dev.nori.wal.crash.Directories;
import dev.nori.wal.crash.MutantClasses;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs jcstress on the library as it is, where nothing forbidden may be seen, and on its mutants, where something must be. */
public final class RacesRun {
    private static final Path FOLDER = Path.of("target", "jcstress");

    /** For {@link SpaceRace}. */
    private static final String PERMITS_CAN_BE_SEEN = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    private final String mode;
    private int caught;
    private int wrong;

    private RacesRun(String mode) {
        this.mode = mode;
    }

    /** Argument: the mode of jcstress, such as {@code quick} or {@code tough}. Exit status 0 if all is as it must be. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(new RacesRun(arguments[0]).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        Directories.delete(FOLDER);
        Files.createDirectories(FOLDER);
        boolean holds = race("library", MutantClasses.unchanged(), RacesRun.class.getPackageName());
        report(holds, "the library", holds ? "nothing forbidden was seen" : "SOMETHING FORBIDDEN WAS SEEN", "library");
        for (Races.Hunt hunt : Races.hunts()) hunt(hunt);
        System.out.printf(
                "jcstress: caught %d of %d mutants, %d wrong%n",
                caught, Races.hunts().size(), wrong);
        return wrong == 0;
    }

    private void hunt(Races.Hunt hunt) throws IOException, InterruptedException {
        String name = hunt.race().getSimpleName();
        MutantClasses classes =
                MutantClasses.of(hunt.mutant(), MutantClasses.findSources(), FOLDER.resolve(name + "-classes"));
        boolean seen = !race(name, classes, hunt.race().getName());
        if (seen) caught++;
        report(seen, hunt.mutant().name(), seen ? "caught by " + name : "NOT CAUGHT by " + name, name);
    }

    private void report(boolean asItMustBe, String what, String verdict, String name) {
        if (!asItMustBe) wrong++;
        System.out.printf("%s: %s (%s)%n", what, verdict, FOLDER.resolve(name + ".log"));
    }

    /** Whether the races that a pattern names see nothing forbidden. What jcstress says goes into a file. */
    private boolean race(String name, MutantClasses classes, String pattern) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                absolute(classes),
                "org.openjdk.jcstress.Main",
                "--jvmArgsPrepend",
                PERMITS_CAN_BE_SEEN,
                "-m",
                mode,
                "-t",
                pattern,
                "-r",
                FOLDER.resolve(name + "-results").toString());
        File log = FOLDER.resolve(name + ".log").toFile();
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.to(log))
                        .start()
                        .waitFor()
                == 0;
    }

    private static String absolute(MutantClasses classes) {
        return String.join(
                File.pathSeparator,
                classes.path().stream()
                        .map(path -> path.toAbsolutePath().toString())
                        .toList());
    }
}
