/** Delta tables written from the warehouse, and read back. */
@NullMarked
package dev.millrace.delta;

import org.jspecify.annotations.NullMarked;
