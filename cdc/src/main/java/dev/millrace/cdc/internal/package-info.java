/** The connectors as nodes and steps of the graph. */
@NullMarked
package dev.millrace.cdc.internal;

import org.jspecify.annotations.NullMarked;
