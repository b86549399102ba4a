/** DuckDB as a warehouse, in this process. */
@NullMarked
package dev.millrace.warehouse.duckdb;

import org.jspecify.annotations.NullMarked;
