package dev.millrace.cli.console;

import org.jline.utils.WCWidth;

/** Text measured in the columns a terminal gives it: a CJK character takes two, a combining mark none. */
public final class Columns {
    private Columns() {}

    /** How many columns {@code text} takes; it must not hold escape sequences. */
    public static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 127) {
                width++;
                i++;
            } else {
                int codePoint = text.codePointAt(i);
                width += Math.max(0, WCWidth.wcwidth(codePoint));
                i += Character.charCount(codePoint);
            }
        }
        return width;
    }

    /** {@code text}, cut to at most {@code columns} with an ellipsis where something is missing. */
    public static String fit(String text, int columns, Style style) {
        if (width(text) <= columns) {
            return text;
        }
        String mark = style.ellipsis();
        return columns <= mark.length()
                ? mark.substring(0, Math.max(0, columns))
                : cut(text, columns - width(mark)) + mark;
    }

    /** {@code text} followed by spaces up to {@code columns}. */
    public static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    private static String cut(String text, int columns) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            width += Math.max(0, WCWidth.wcwidth(codePoint));
            if (width > columns) {
                return text.substring(0, i);
            }
            i += Character.charCount(codePoint);
        }
        return text;
    }
}
