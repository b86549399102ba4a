package dev.millrace.assets;

import java.util.Optional;

/** What an asset's method may know of its run: a parameter of this type is no input. Thread-safe. */
public interface AssetContext {
    String runId();

    /** Says something in the run's log, under this asset. */
    void log(String message);

    /** A variable of the project or the run, such as {@code data_interval_start} of a scheduled run. */
    Optional<Object> variable(String name);

    /** Whether the method should return as soon as it can. */
    boolean cancelled();
}
