/** The broker's process, and what finds and watches it. */
@NullMarked
package dev.millrace.broker.internal;

import org.jspecify.annotations.NullMarked;
