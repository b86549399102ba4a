@NullMarked
package dev.millrace.warehouse.duckdb;

import org.jspecify.annotations.NullMarked;
