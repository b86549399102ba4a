/** Sources and connections: data from operational systems into the warehouse. */
@NullMarked
package dev.millrace.ingest;

import org.jspecify.annotations.NullMarked;
