/** The runner, its plans, and the events of a run. */
@NullMarked
package dev.millrace.core.run;

import org.jspecify.annotations.NullMarked;
