package dev.millrace.transform.internal.check;

/**
 * Signs in a template that come out with the text they stand before, so that a place in what was rendered can be led
 * back to the template. They are characters of the private use area, which SQL has no use for.
 */
final class Marks {
    private static final char SIGN = '\uE000';
    private static final int BASE = 0xE100;
    private static final int RADIX = 0x1000;
    private static final int LENGTH = 3;

    private Marks() {}

    /** The template with a sign before the first word of each line, and of each text after a tag. */
    static String into(String source) {
        StringBuilder marked = new StringBuilder(source.length() * 2);
        boolean due = true;
        int at = 0;
        while (at < source.length()) {
            int tag = tagEnd(source, at);
            if (tag > at) {
                marked.append(source, at, tag);
                at = tag;
                due = true;
                continue;
            }
            char c = source.charAt(at);
            if (due && !Character.isWhitespace(c)) {
                marked.append(SIGN).append((char) (BASE + at / RADIX)).append((char) (BASE + at % RADIX));
                due = false;
            }
            due |= c == '\n';
            marked.append(c);
            at++;
        }
        return marked.toString();
    }

    /** The end of the tag that begins at {@code at}; {@code at} if none does. */
    static int tagEnd(String source, int at) {
        String close = source.startsWith("{{", at)
                ? "}}"
                : source.startsWith("{%", at) ? "%}" : source.startsWith("{#", at) ? "#}" : "";
        if (close.isEmpty()) {
            return at;
        }
        if (close.equals("#}")) {
            int end = source.indexOf(close, at + 2);
            return end < 0 ? source.length() : end + 2;
        }
        char quote = 0;
        for (int i = at + 2; i < source.length(); i++) {
            char c = source.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (source.startsWith(close, i)) {
                return i + 2;
            }
        }
        return source.length();
    }

    static String without(String marked) {
        StringBuilder plain = new StringBuilder(marked.length());
        for (int i = 0; i < marked.length(); i++) {
            if (marked.charAt(i) == SIGN) {
                i += LENGTH - 1;
            } else {
                plain.append(marked.charAt(i));
            }
        }
        return plain.toString();
    }

    /**
     * Where the last sign before a place stands.
     *
     * @param offset in the text without signs
     * @return the place in the text without signs, and in the template; null if there is none before it
     */
    static int @org.jspecify.annotations.Nullable [] before(String marked, int offset) {
        int plain = 0;
        int[] last = null;
        for (int i = 0; i < marked.length() && plain <= offset; i++) {
            if (marked.charAt(i) == SIGN && i + 2 < marked.length()) {
                last = new int[] {plain, (marked.charAt(i + 1) - BASE) * RADIX + marked.charAt(i + 2) - BASE};
                i += LENGTH - 1;
            } else {
                plain++;
            }
        }
        return last;
    }
}
