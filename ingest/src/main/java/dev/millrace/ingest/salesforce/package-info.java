/** Salesforce as a source: fields from describe, records by SOQL in pages. */
@NullMarked
package dev.millrace.ingest.salesforce;

import org.jspecify.annotations.NullMarked;
