package dev.millrace.transform.internal.context;

import dev.millrace.core.graph.LogLevel;

/** Where what a template says goes. */
@FunctionalInterface
public interface Log {
    void write(LogLevel level, String message);
}
