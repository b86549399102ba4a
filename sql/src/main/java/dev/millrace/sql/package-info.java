/**
 * Queries as syntax trees, and where the columns of their answers come from. Pure: text and shapes in, lineage out; the
 * parser is DuckDB's own, reached through whatever connection the caller has
 * ({@link dev.millrace.sql.SyntaxTree#SERIALIZE}).
 */
@NullMarked
package dev.millrace.sql;

import org.jspecify.annotations.NullMarked;
