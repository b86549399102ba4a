package dev.millrace.cli.error;

import java.util.Optional;

/** Where the error page gets the offending line from. */
@FunctionalInterface
public interface SourceText {
    /**
     * @param file as a position names it
     * @param line 1-based
     * @return the line without its end; empty when the file cannot be read or has no such line
     */
    Optional<String> line(String file, int line);
}
