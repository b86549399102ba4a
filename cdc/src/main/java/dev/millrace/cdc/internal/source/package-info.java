/** The databases that changes are captured from. */
@NullMarked
package dev.millrace.cdc.internal.source;

import org.jspecify.annotations.NullMarked;
