package dev.millrace.cli.console;

/**
 * What a run is about, for its first and last line.
 *
 * @param project such as {@code shop}
 * @param target such as {@code dev (duckdb)}
 * @param again the command line that runs the same thing but for its selection: {@code millrace build --target prod}
 */
public record Subject(String project, String target, String again) {}
