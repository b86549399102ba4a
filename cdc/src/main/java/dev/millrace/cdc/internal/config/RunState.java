package dev.millrace.cdc.internal.config;

/** What a connector resource asks for: Strimzi's {@code spec.state}. */
public enum RunState {
    RUNNING,
    PAUSED,
    STOPPED
}
