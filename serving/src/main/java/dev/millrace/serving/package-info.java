/** Models served to programs: rows over HTTP, SQL over the wire protocol of PostgreSQL. */
@NullMarked
package dev.millrace.serving;

import org.jspecify.annotations.NullMarked;
