package dev.nori.wal.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes one JSON object, in the order it is told; numbers, strings and truths, objects of them, and arrays of objects. */
final class Json {
    private static final char FIRST_PRINTABLE = ' ';
    private final StringBuilder text = new StringBuilder("{");

    Json with(String name, String value) {
        return raw(name, quote(value));
    }

    Json with(String name, long value) {
        return raw(name, Long.toString(value));
    }

    /** A decimal fraction with three places. */
    Json with(String name, double value) {
        return raw(name, String.format(Locale.ROOT, "%.3f", value));
    }

    Json with(String name, Json value) {
        return raw(name, value.toString());
    }

    /** An array of objects. */
    Json with(String name, List<Json> values) {
        return raw(name, values.stream().map(Json::toString).collect(Collectors.joining(",", "[", "]")));
    }

    Json with(String name, boolean value) {
        return raw(name, Boolean.toString(value));
    }

    Json withTrue(String name) {
        return with(name, true);
    }

    /** A number that is one without a sign. */
    Json withUnsigned(String name, long value) {
        return raw(name, Long.toUnsignedString(value));
    }

    private Json raw(String name, String value) {
        if (text.length() > 1) text.append(',');
        text.append(quote(name)).append(':').append(value);
        return this;
    }

    private static String quote(String value) {
        StringBuilder quoted = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) escape(value.charAt(i), quoted);
        return quoted.append('"').toString();
    }

    private static void escape(char c, StringBuilder to) {
        switch (c) {
            case '"' -> to.append("\\\"");
            case '\\' -> to.append("\\\\");
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '\t' -> to.append("\\t");
            default -> {
                if (c < FIRST_PRINTABLE) to.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                else to.append(c);
            }
        }
    }

    /** The object on one line. */
    @Override
    public String toString() {
        return text + "}";
    }
}
