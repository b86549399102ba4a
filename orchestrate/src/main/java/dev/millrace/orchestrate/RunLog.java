package dev.millrace.orchestrate;

import java.time.Instant;

/**
 * One event of a run.
 *
 * @param sequence ascending over all runs of the store, with gaps; 0 for an event that is told but not kept (progress)
 * @param name of the event: {@code RunStarted}, {@code NodeFinished} …
 * @param json the event as {@link dev.millrace.core.run.RunEventJson} writes it
 */
public record RunLog(String runId, long sequence, Instant at, String name, String json) {}
