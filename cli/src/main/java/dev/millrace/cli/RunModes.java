package dev.millrace.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How models are built and tests are run, in dbt's words. */
final class RunModes {
    @Option(
            names = "--event-time-start",
            paramLabel = "TIME",
            order = 30,
            description = "Build the batches of microbatch models from then on (UTC; env DBT_EVENT_TIME_START).")
    @Nullable
    String eventTimeStart;

    @Option(
            names = "--event-time-end",
            paramLabel = "TIME",
            order = 31,
            description = "Build the batches of microbatch models up to then (UTC; env DBT_EVENT_TIME_END).")
    @Nullable
    String eventTimeEnd;

    @Option(
            names = "--sample",
            paramLabel = "SPAN",
            order = 32,
            description =
                    "Read only this span of what has an event_time: '3 days' or '{start: …, end: …}' (env DBT_SAMPLE).")
    @Nullable
    String sample;

    @Option(
            names = "--store-failures",
            negatable = true,
            order = 33,
            description = "Keep the rows that tests find in tables (env DBT_STORE_FAILURES).")
    @Nullable
    Boolean storeFailures;

    /** What was said, by the names of dbt's flags. */
    Map<String, Object> flags(Settings settings) {
        Map<String, Object> flags = new LinkedHashMap<>();
        settings.text(eventTimeStart, "DBT_EVENT_TIME_START").ifPresent(value -> flags.put("EVENT_TIME_START", value));
        settings.text(eventTimeEnd, "DBT_EVENT_TIME_END").ifPresent(value -> flags.put("EVENT_TIME_END", value));
        settings.text(sample, "DBT_SAMPLE").ifPresent(value -> flags.put("SAMPLE", value));
        if (storeFailures != null) {
            flags.put("STORE_FAILURES", storeFailures);
        }
        return flags;
    }
}
