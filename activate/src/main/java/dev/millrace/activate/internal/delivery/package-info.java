/** What changed since the last run, sending it, and remembering what became of it. */
@NullMarked
package dev.millrace.activate.internal.delivery;

import org.jspecify.annotations.NullMarked;
