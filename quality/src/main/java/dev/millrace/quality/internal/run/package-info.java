/** Expectations as steps of a run. */
@NullMarked
package dev.millrace.quality.internal.run;

import org.jspecify.annotations.NullMarked;
