/** Measurements that print a ratio to a floor, taken in the same run. */
@NullMarked
package dev.millrace.bench;

import org.jspecify.annotations.NullMarked;
