package dev.nori.wal.crash;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The library's classes with a change in some of them, and nothing in the library itself that knows about it: the changed
 * sources are compiled against the built classes into a folder, which then comes first.
 *
 * @param path the class path, the changed classes first
 */
public record MutantClasses(List<Path> path) {
    private static final String LIBRARY = "dev.nori.wal.";
    private static final String SOURCES = "src/main/java";
    private static final String LANDMARK = "dev/nori/wal/Wal.java";

    /** The classes as they are. */
    public static MutantClasses unchanged() {
        return new MutantClasses(Stream.of(Child.ownClassPath().split(File.pathSeparator, -1))
                .map(Path::of)
                .toList());
    }

    /**
     * Compiles a mutant.
     *
     * @param sources the library's source folder
     * @param target an empty folder, created if missing
     * @throws IOException if a text to be replaced is not there exactly once, or the result does not compile: then the
     *     mutant must be mended
     */
    public static MutantClasses of(Mutant mutant, Path sources, Path target) throws IOException {
        Files.createDirectories(target);
        try {
            compile(changed(mutant, sources), target);
        } catch (IOException e) {
            throw new IOException("mutant '" + mutant.name() + "': " + e.getMessage(), e);
        }
        List<Path> path = new ArrayList<>(List.of(target));
        path.addAll(unchanged().path());
        return new MutantClasses(path);
    }

    private static Map<String, String> changed(Mutant mutant, Path sources) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Edit edit : mutant.edits()) {
            String before = texts.get(edit.file());
            texts.put(edit.file(), before == null ? edit.applied(sources) : edit.applied(before));
        }
        return texts;
    }

    private static void compile(Map<String, String> texts, Path target) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) throw new IOException("there is no Java compiler in this runtime; a JDK has one");
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-d", target.toString(), "-cp", Child.ownClassPath(), "--release", "22", "-proc:none", "-nowarn");
        List<Source> units = texts.entrySet().stream()
                .map(text -> new Source(text.getKey(), text.getValue()))
                .toList();
        if (compiler.getTask(null, null, diagnostics, options, null, units).call()) return;
        List<String> errors = diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
        throw new IOException("does not compile: " + String.join("; ", errors));
    }

    /** A source file that is only a text. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("string:///" + file), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /**
     * The library's source folder, looked for from the working directory upwards.
     *
     * @throws IOException if it is nowhere: mutants need the sources
     */
    public static Path findSources() throws IOException {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path sources = at.resolve(SOURCES);
            if (Files.exists(sources.resolve(LANDMARK))) return sources;
        }
        throw new IOException("no " + SOURCES + " with the library's sources, here or above");
    }

    /** For the command line of a child. */
    public String classPath() {
        return String.join(File.pathSeparator, path.stream().map(Path::toString).toList());
    }

    /**
     * For levels that run in this process: a loader that has everything of the library, and of the harness, anew, from
     * {@link #path}, and shares the rest.
     */
    public ClassLoader newLoader() throws IOException {
        URL[] urls = new URL[path.size()];
        for (int i = 0; i < urls.length; i++) urls[i] = path.get(i).toUri().toURL();
        return new ChildFirst(urls);
    }

    private static final class ChildFirst extends java.net.URLClassLoader {
        ChildFirst(URL[] urls) {
            super(urls, MutantClasses.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(LIBRARY)) return super.loadClass(name, resolve);
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : findClass(name);
            }
        }
    }
}
