/** Keeping a streaming model up to date. */
@NullMarked
package dev.millrace.stream.internal.run;

import org.jspecify.annotations.NullMarked;
