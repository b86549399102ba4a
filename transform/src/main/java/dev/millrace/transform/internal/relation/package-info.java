/** Relations, columns and query results as templates see them. */
@NullMarked
package dev.millrace.transform.internal.relation;

import org.jspecify.annotations.NullMarked;
