package dev.millrace.stream.internal.query;

import com.fasterxml.jackson.databind.JsonNode;

/** Thrown within this package when a query cannot be kept up to date. */
final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;
    private final String text;
    private final String hint;

    Unsupported(String text, String hint, JsonNode where) {
        super(text, null, false, false);
        this.text = text;
        this.offset = Tree.offset(where);
        this.hint = hint;
    }

    int offset() {
        return offset;
    }

    String text() {
        return text;
    }

    String hint() {
        return hint;
    }
}
