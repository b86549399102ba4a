/** The queue of runs and who works on them. */
@NullMarked
package dev.millrace.orchestrate.internal.queue;

import org.jspecify.annotations.NullMarked;
