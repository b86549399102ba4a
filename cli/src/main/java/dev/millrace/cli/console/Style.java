package dev.millrace.cli.console;

/**
 * How text may look: with colours or without, with Unicode signs or in ASCII. Immutable.
 *
 * @param colour whether ANSI colours are written
 * @param unicode whether the terminal shows bars, spinners and ellipses beyond ASCII
 */
public record Style(boolean colour, boolean unicode) {
    /** No colours, but Unicode: what a pipe or a file gets. */
    public static final Style PLAIN = new Style(false, true);

    public String red(String text) {
        return paint("31", text);
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String yellow(String text) {
        return paint("33", text);
    }

    public String blue(String text) {
        return paint("34", text);
    }

    public String cyan(String text) {
        return paint("36", text);
    }

    public String bold(String text) {
        return paint("1", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    /** {@code …} or three dots. */
    public String ellipsis() {
        return unicode ? "…" : "...";
    }

    private String paint(String code, String text) {
        return colour && !text.isEmpty() ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
