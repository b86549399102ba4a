package dev.millrace.jinja.internal.syntax;

/** The escapes of Python's string literals. */
final class StringEscapes {
    private StringEscapes() {}

    static String decode(String body, Source source, int offset) {
        if (body.indexOf('\\') < 0) {
            return body;
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            char c = body.charAt(at++);
            if (c != '\\' || at == body.length()) {
                out.append(c);
                continue;
            }
            char escape = body.charAt(at++);
            switch (escape) {
                case '\n' -> {}
                case '\\', '\'', '"' -> out.append(escape);
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'a' -> out.append('\u0007');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'v' -> out.append('\u000b');
                case 'x' -> at = hex(body, at, 2, out, source, offset);
                case 'u' -> at = hex(body, at, 4, out, source, offset);
                case 'U' -> at = hex(body, at, 8, out, source, offset);
                case '0', '1', '2', '3', '4', '5', '6', '7' -> at = octal(body, at - 1, out);
                default -> out.append('\\').append(escape);
            }
        }
        return out.toString();
    }

    private static int hex(String body, int at, int length, StringBuilder out, Source source, int offset) {
        int end = at + length;
        String digits = end <= body.length() ? body.substring(at, end) : "";
        if (!digits.matches("[0-9a-fA-F]+") || Long.parseLong(digits, 16) > Character.MAX_CODE_POINT) {
            throw source.error("truncated or illegal \\" + body.charAt(at - 1) + " escape in string", offset);
        }
        out.appendCodePoint((int) Long.parseLong(digits, 16));
        return end;
    }

    private static int octal(String body, int start, StringBuilder out) {
        int end = start;
        int value = 0;
        while (end < body.length() && end < start + 3 && body.charAt(end) >= '0' && body.charAt(end) <= '7') {
            value = value * 8 + body.charAt(end++) - '0';
        }
        out.append((char) value);
        return end;
    }
}
