/** Connections: their file, their nodes, and how a stream gets into the warehouse. */
@NullMarked
package dev.millrace.ingest.internal;

import org.jspecify.annotations.NullMarked;
