/** What can be told from a streaming model's SQL. */
@NullMarked
package dev.millrace.stream.internal.query;

import org.jspecify.annotations.NullMarked;
