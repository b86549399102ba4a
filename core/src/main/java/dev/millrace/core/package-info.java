/** Project files, nodes, the graph, selectors, the runner and the types the layers share. */
@NullMarked
package dev.millrace.core;

import org.jspecify.annotations.NullMarked;
