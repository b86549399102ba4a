/** Row conditions. */
@NullMarked
package dev.millrace.quality.internal.condition;

import org.jspecify.annotations.NullMarked;
