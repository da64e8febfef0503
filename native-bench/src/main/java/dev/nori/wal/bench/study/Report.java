package dev.nori.wal.bench.study;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What was measured in one go, and on what. Kept as JSON. */
public record Report(Machine machine, List<StudyResult> results) {
    // What a record can say about itself beyond its components is not data.
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** Copies. */
    public Report {
        results = List.copyOf(results);
    }

    /** Writes it, and the folders above it. */
    public void save(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        JSON.writeValue(file.toFile(), this);
    }

    /** Reads it again. */
    public static Report load(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Report.class);
    }

    /** The goals of all studies. */
    public List<Verdict> verdicts() {
        return results.stream().flatMap(result -> result.verdicts().stream()).toList();
    }
}
