package dev.millrace.jinja;

/**
 * What one render may use before it ends with a LIMIT error.
 *
 * @param steps loop iterations and macro calls together
 * @param depth nested macro calls
 * @param outputChars characters of text written, all nested blocks counted
 */
public record Limits(long steps, int depth, long outputChars) {
    /** Far beyond any real project, well before memory runs out. */
    public static final Limits DEFAULT = new Limits(50_000_000L, 200, 256_000_000L);
}
