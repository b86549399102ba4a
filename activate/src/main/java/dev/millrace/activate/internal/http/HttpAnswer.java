package dev.millrace.activate.internal.http;

/** What a service answered. */
record HttpAnswer(int status, String body) {
    private static final int EXCERPT = 300;

    /** For messages: the status and how the body begins. */
    String describe() {
        String text = body.strip().replaceAll("\\s+", " ");
        String excerpt = text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text;
        return "HTTP " + status + (excerpt.isEmpty() ? "" : ": " + excerpt);
    }
}
