/** The warehouse behind PostgreSQL's wire protocol, for reading. */
@NullMarked
package dev.millrace.pgwire;

import org.jspecify.annotations.NullMarked;
