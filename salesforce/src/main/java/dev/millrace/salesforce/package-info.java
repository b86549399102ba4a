/** A client of Salesforce's REST API, shared by ingestion and activation. */
@NullMarked
package dev.millrace.salesforce;

import org.jspecify.annotations.NullMarked;
