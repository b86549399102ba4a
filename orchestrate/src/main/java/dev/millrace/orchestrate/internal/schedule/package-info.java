/** When a pipeline is due. */
@NullMarked
package dev.millrace.orchestrate.internal.schedule;

import org.jspecify.annotations.NullMarked;
