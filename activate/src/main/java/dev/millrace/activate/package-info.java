/** Syncs: data from the warehouse back into operational systems. */
@NullMarked
package dev.millrace.activate;

import org.jspecify.annotations.NullMarked;
