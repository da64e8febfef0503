package dev.nori.wal.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FormatDocumentTest {
    private static final String BEGIN = "<!-- dump: written by FormatDocumentTest -->\n```\n";
    private static final String END = "```\n<!-- end of dump -->";
    private static final int PER_LINE = 16;

    @Test
    void showsWhatIsWritten() throws IOException {
        Path file = KeptFiles.root().resolve("docs/format.md");
        String document = Files.readString(file);
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        assertTrue(begin >= 0 && end > begin, "the document has a place for the dump");
        String expected = document.substring(0, begin) + BEGIN + dump() + document.substring(end);
        KeptFiles.check(file, expected.getBytes(UTF_8));
    }

    private static String dump() throws IOException {
        StringBuilder dump = new StringBuilder();
        for (GoldenSegment.Part part : GoldenSegment.parts(KeptFiles.golden())) {
            if (!dump.isEmpty()) dump.append('\n');
            dump.append(part.title()).append('\n');
            for (int at = 0; at < (int) part.bytes().byteSize(); at += PER_LINE) dump.append(line(part, at));
        }
        return dump.toString();
    }

    private static String line(GoldenSegment.Part part, int from) {
        StringBuilder hex = new StringBuilder();
        StringBuilder text = new StringBuilder();
        int to = Math.min(from + PER_LINE, (int) part.bytes().byteSize());
        for (int i = from; i < to; i++) {
            int b = part.bytes().get(ValueLayout.JAVA_BYTE, i) & 0xFF;
            if (i > from && i % 8 == 0) hex.append(' ');
            hex.append("%02x ".formatted(b));
            text.append(b >= ' ' && b < 0x7F ? (char) b : '.');
        }
        return "%06x  %-49s |%s|%n".formatted(part.offset() + from, hex, text).replace(System.lineSeparator(), "\n");
    }
}
