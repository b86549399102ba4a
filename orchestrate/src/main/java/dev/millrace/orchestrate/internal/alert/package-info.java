/** Messages about how runs ended. */
@NullMarked
package dev.millrace.orchestrate.internal.alert;

import org.jspecify.annotations.NullMarked;
