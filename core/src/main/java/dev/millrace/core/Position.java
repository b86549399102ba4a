package dev.millrace.core;

/**
 * A place in a project file.
 *
 * @param file path relative to the project folder, with forward slashes
 * @param line 1-based; 0 when only the file is known
 * @param column 1-based; 0 when only the line is known
 */
public record Position(String file, int line, int column) {
    public static Position ofFile(String file) {
        return new Position(file, 0, 0);
    }

    /** The position {@code line}:{@code column} of a text that itself starts at this position. */
    public Position within(int innerLine, int innerColumn) {
        return innerLine <= 1
                ? new Position(file, line, Math.max(1, column) + innerColumn - 1)
                : new Position(file, line + innerLine - 1, innerColumn);
    }

    /** {@code file:line:column}, as editors and terminals link it. */
    @Override
    public String toString() {
        if (line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
