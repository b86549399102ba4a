/** Pipelines, schedules, runs and their history. */
@NullMarked
package dev.millrace.orchestrate;

import org.jspecify.annotations.NullMarked;
