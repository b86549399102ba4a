/** Changes on their way into the warehouse. */
@NullMarked
package dev.millrace.cdc.internal.apply;

import org.jspecify.annotations.NullMarked;
