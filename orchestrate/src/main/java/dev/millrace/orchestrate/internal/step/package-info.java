/** Shell and HTTP steps. */
@NullMarked
package dev.millrace.orchestrate.internal.step;

import org.jspecify.annotations.NullMarked;
