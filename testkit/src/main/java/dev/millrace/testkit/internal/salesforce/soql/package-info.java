/** SOQL, Salesforce's query language: the part that reads one object without relationships and aggregates. */
@NullMarked
package dev.millrace.testkit.internal.salesforce.soql;

import org.jspecify.annotations.NullMarked;
