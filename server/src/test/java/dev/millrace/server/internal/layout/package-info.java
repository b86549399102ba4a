/** Layouts of small graphs. */
@NullMarked
package dev.millrace.server.internal.layout;

import org.jspecify.annotations.NullMarked;
