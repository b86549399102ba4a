package dev.millrace.transform.internal.seed;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits the text of a CSV file as RFC 4180 says: fields in quotes may hold delimiters, line ends and doubled quotes.
 */
final class CsvParser {
    private final String text;
    private final char delimiter;
    private int at;
    private int line = 1;

    CsvParser(String text, char delimiter) {
        this.text = text;
        this.delimiter = delimiter;
    }

    /** The line the next row begins on, 1-based. */
    int line() {
        return line;
    }

    boolean hasNext() {
        return at < text.length();
    }

    /** The next row's fields; a blank line gives a row of one empty field. */
    List<String> next() {
        List<String> fields = new ArrayList<>();
        while (true) {
            fields.add(field());
            if (at >= text.length()) {
                return fields;
            }
            char end = text.charAt(at++);
            if (end != delimiter) {
                if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                    at++;
                }
                line++;
                return fields;
            }
            if (at >= text.length()) {
                fields.add("");
                return fields;
            }
        }
    }

    private String field() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int start = at;
        while (at < text.length() && !endsField(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean endsField(char c) {
        return c == delimiter || c == '\n' || c == '\r';
    }

    private String quoted() {
        StringBuilder field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"' && at < text.length() && text.charAt(at) == '"') {
                field.append('"');
                at++;
            } else if (c == '"') {
                break;
            } else {
                line += c == '\n' ? 1 : 0;
                field.append(c);
            }
        }
        // What stands between a closing quote and the next delimiter belongs to the field, as Python's reader has it.
        while (at < text.length() && !endsField(text.charAt(at))) {
            field.append(text.charAt(at++));
        }
        return field.toString();
    }
}
