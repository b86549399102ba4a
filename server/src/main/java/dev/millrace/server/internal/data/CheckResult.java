package dev.millrace.server.internal.data;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * How a check went in one run, as {@code _millrace.check_results} keeps it.
 *
 * @param status {@code pass}, {@code fail} …
 * @param elements how many rows were looked at, if it was counted
 * @param unexpected how many of them were not as expected, if it was counted
 */
public record CheckResult(
        String runId, String status, Instant started, OptionalLong elements, OptionalLong unexpected, String message) {}
