/** What every SQL warehouse shares, with DuckDB as the default. */
@NullMarked
package dev.millrace.warehouse;

import org.jspecify.annotations.NullMarked;
