package dev.nori.wal.crash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Real input: the lines of every text file of a repository, in the order of the files' names.
 *
 * <p>Asks git for the tracked files; where there is no git, walks the tree. A file with a zero byte near its start is
 * not text, by git's own rule.
 */
final class SourceText {
    private static final int LOOKED_AT_BYTES = 8000;
    private static final Set<String> NOT_SOURCE = Set.of(".git", "target", ".idea", "node_modules");

    private SourceText() {}

    /**
     * All lines, at least so many: a small repository is gone round again, with the number of the round before each
     * line, so that no round looks like another.
     *
     * @throws IOException if there is no text at all
     */
    static List<byte[]> linesOf(Path repository, int atLeast) throws IOException {
        List<byte[]> once = new ArrayList<>();
        for (Path file : files(repository)) addText(file, once);
        if (once.isEmpty()) throw new IOException("there is no text in " + repository);
        List<byte[]> lines = new ArrayList<>(once);
        for (int round = 2; lines.size() < atLeast; round++) {
            for (byte[] line : once) lines.add(inRound(round, line));
        }
        return lines;
    }

    private static List<Path> files(Path repository) throws IOException {
        List<Path> tracked = tracked(repository);
        return tracked.isEmpty() ? walked(repository) : tracked;
    }

    private static List<Path> tracked(Path repository) throws IOException {
        Process git;
        try {
            git = new ProcessBuilder("git", "ls-files", "-z")
                    .directory(repository.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noGit) {
            return List.of();
        }
        String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Stream.of(names.split("\0", -1))
                .filter(name -> !name.isEmpty())
                .map(repository::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }

    private static List<Path> walked(Path repository) throws IOException {
        try (Stream<Path> tree = Files.walk(repository)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> isSource(repository.relativize(file)))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isSource(Path relative) {
        for (Path part : relative) {
            if (NOT_SOURCE.contains(part.toString())) return false;
        }
        return true;
    }

    private static void addText(Path file, List<byte[]> lines) throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (!isBinary(content)) addLines(content, lines);
    }

    /** Cuts at newlines; what follows the last one is a line if there is anything. */
    static void addLines(byte[] content, List<byte[]> lines) {
        int start = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] != '\n') continue;
            lines.add(slice(content, start, i));
            start = i + 1;
        }
        if (start < content.length) lines.add(slice(content, start, content.length));
    }

    private static boolean isBinary(byte[] content) {
        for (int i = 0; i < Math.min(content.length, LOOKED_AT_BYTES); i++) {
            if (content[i] == 0) return true;
        }
        return false;
    }

    private static byte[] slice(byte[] content, int from, int to) {
        return Arrays.copyOfRange(content, from, to);
    }

    private static byte[] inRound(int round, byte[] line) {
        ByteArrayOutputStream numbered = new ByteArrayOutputStream();
        numbered.writeBytes((round + ": ").getBytes(StandardCharsets.UTF_8));
        numbered.writeBytes(line);
        return numbered.toByteArray();
    }
}
