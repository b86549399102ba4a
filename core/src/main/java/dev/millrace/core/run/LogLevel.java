package dev.millrace.core.run;

/** How much a log line matters. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
}
