/**
 * What {@link dev.millrace.testkit.SalesforceService} is made of: records, SOQL, and one class per group of endpoints.
 */
@NullMarked
package dev.millrace.testkit.internal.salesforce;

import org.jspecify.annotations.NullMarked;
