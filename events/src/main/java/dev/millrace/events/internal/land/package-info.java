/** From messages to rows: types that are inferred and grow, and batches that land exactly once. */
@NullMarked
package dev.millrace.events.internal.land;

import org.jspecify.annotations.NullMarked;
