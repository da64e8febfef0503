package dev.nori.wal.cli;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line. */
@Command(
        name = "nori-wal",
        description = "Appends lines to a write-ahead log, gives them back, verifies and repairs logs.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine",
            "1:findings: damage in the log, or an append that could not go on",
            "2:the command was not understood",
            "3:the log cannot be opened: missing, locked, forbidden, no space"
        })
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Console.ofThisProcess(), args));
    }

    /** Runs one command. */
    static int run(Console console, String... args) {
        return commandLine(console).execute(args);
    }

    static CommandLine commandLine(Console console) {
        return new CommandLine(new Main())
                .addSubcommand(new AppendCommand(console))
                .addSubcommand(new CatCommand(console))
                .addSubcommand(new VerifyCommand(console))
                .addSubcommand(new RepairCommand(console))
                .setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(colours(console)))
                .setParameterExceptionHandler((e, args) -> notUnderstood(console, e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(console, e));
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: append, cat, verify or repair");
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    private static Ansi colours(Console console) {
        return console.outIsTerminal() && System.getenv("NO_COLOR") == null ? Ansi.ON : Ansi.OFF;
    }

    private static int notUnderstood(Console console, ParameterException e) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        console.say(uncapitalized(Problem.text(e)) + "." + suggestion(e) + " Try '" + command + " --help'.");
        return ExitCode.USAGE;
    }

    // Like every other sentence after the program's name; these begin with a word, never with a name.
    private static String uncapitalized(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private static String suggestion(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) return "";
        List<String> close = unmatched.getSuggestions();
        return close.isEmpty() ? "" : " Did you mean " + String.join(" or ", close) + "?";
    }

    // What is not a Problem is a bug of ours: it keeps its stack trace.
    private static int failed(Console console, Exception e) throws Exception {
        if (!(e instanceof Problem problem)) throw e;
        console.say(problem.sentence());
        return problem.exitCode();
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {
                "nori-wal %s (Java %s, %s %s)"
                        .formatted(
                                version == null ? "not packaged" : version,
                                System.getProperty("java.version"),
                                System.getProperty("os.name"),
                                System.getProperty("os.arch"))
            };
        }
    }
}
