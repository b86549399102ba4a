/** PostgreSQL as a source: discovery from its catalog, rows by binary COPY. */
@NullMarked
package dev.millrace.ingest.postgres;

import org.jspecify.annotations.NullMarked;
