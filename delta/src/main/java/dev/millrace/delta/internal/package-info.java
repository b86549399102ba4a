/** Delta's log and data files. */
@NullMarked
package dev.millrace.delta.internal;

import org.jspecify.annotations.NullMarked;
