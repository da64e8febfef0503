package dev.nori.wal.cli;

import dev.nori.wal.LogEntry;
import dev.nori.wal.Version;
import dev.nori.wal.WalRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How a record looks on standard output. */
enum EntryFormat {
    /** The bytes of the value and a newline; nothing for a removal. */
    LINES {
        @Override
        void write(LogEntry entry, OutputStream out) throws IOException {
            if (entry.record().isTombstone()) return;
            out.write(entry.record().valueBytes());
            out.write('\n');
        }
    },

    /** One JSON object on a line. Bytes that are not UTF-8 become Base64, under another name. */
    JSON {
        @Override
        void write(LogEntry entry, OutputStream out) throws IOException {
            out.write(json(entry).toString().getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        }
    };

    abstract void write(LogEntry entry, OutputStream out) throws IOException;

    private static Json json(LogEntry entry) {
        WalRecord record = entry.record();
        Json json = new Json()
                .with("sequence", entry.sequence())
                .with("position", entry.position().bytes())
                .with("time", entry.appendedAt().toString());
        bytes(json, "key", record.keyBytes());
        if (record.isTombstone()) json.withTrue("tombstone");
        else bytes(json, "value", record.valueBytes());
        record.ttl().ifPresent(ttl -> json.with("ttlMillis", ttl.toMillis()));
        record.version().ifPresent(version -> json.with("version", json(version)));
        return json;
    }

    private static Json json(Version version) {
        return new Json().withUnsigned("term", version.term()).withUnsigned("index", version.index());
    }

    private static void bytes(Json json, String name, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            json.with(name, text);
        } catch (CharacterCodingException notText) {
            json.with(name + "Base64", Base64.getEncoder().encodeToString(bytes));
        }
    }
}
