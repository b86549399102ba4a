package dev.millrace.jinja.internal.syntax;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Position;
import java.util.Arrays;

/** A template's text, its line ends made {@code \n} and its last one dropped, and where its lines begin. */
public final class Source {
    private final String name;
    private final String text;
    private final int[] lineStarts;

    public Source(String text, String name) {
        this.name = name;
        this.text = normal(text);
        this.lineStarts = lineStarts(this.text);
    }

    /** With its line ends made {@code \n} and its last one dropped. */
    public static String normal(String text) {
        String unix = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
        return unix.endsWith("\n") ? unix.substring(0, unix.length() - 1) : unix;
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = i + 1;
        }
        return Arrays.copyOf(starts, count);
    }

    public String text() {
        return text;
    }

    public String name() {
        return name;
    }

    Position position(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Position(name, line + 1, offset - lineStarts[line] + 1);
    }

    JinjaException error(String message, int offset) {
        return new JinjaException(JinjaException.Kind.SYNTAX, message, position(offset), null);
    }
}
