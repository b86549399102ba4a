/** What every kind of source offers to the ingestion layer. */
@NullMarked
package dev.millrace.ingest.source;

import org.jspecify.annotations.NullMarked;
