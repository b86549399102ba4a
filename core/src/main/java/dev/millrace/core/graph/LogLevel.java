package dev.millrace.core.graph;

/** How much a log line matters. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
}
