/** The parts of the guard that stands before SQL from outside. */
@NullMarked
package dev.millrace.serving.internal.guard;

import org.jspecify.annotations.NullMarked;
