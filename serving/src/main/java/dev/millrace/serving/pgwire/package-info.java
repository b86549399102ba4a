/** The warehouse as a PostgreSQL server that only reads, for tools that speak its wire protocol. */
@NullMarked
package dev.millrace.serving.pgwire;

import org.jspecify.annotations.NullMarked;
