/** What a system that takes records offers to a sync. */
@NullMarked
package dev.millrace.activate.internal.destination;

import org.jspecify.annotations.NullMarked;
