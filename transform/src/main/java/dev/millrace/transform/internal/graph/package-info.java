/** Turns resources into nodes of the graph. */
@NullMarked
package dev.millrace.transform.internal.graph;

import org.jspecify.annotations.NullMarked;
