package dev.millrace.jinja;

/**
 * A place in a template.
 *
 * @param file the template's name as given to {@link JinjaEnvironment#compile}
 * @param line 1-based
 * @param column 1-based
 */
public record Position(String file, int line, int column) {
    /** Where code that was not written in a template stands. */
    public static final Position NOWHERE = new Position("<host>", 1, 1);

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
