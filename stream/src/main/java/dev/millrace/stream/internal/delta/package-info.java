/** Models that are Delta tables too. */
@NullMarked
package dev.millrace.stream.internal.delta;

import org.jspecify.annotations.NullMarked;
