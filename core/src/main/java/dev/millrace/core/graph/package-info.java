/** Nodes with their steps, and the one lineage graph they form. */
@NullMarked
package dev.millrace.core.graph;

import org.jspecify.annotations.NullMarked;
