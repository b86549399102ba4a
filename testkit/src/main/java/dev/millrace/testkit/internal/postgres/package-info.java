/** How a PostgreSQL server is unpacked, prepared, started and stopped. */
@NullMarked
package dev.millrace.testkit.internal.postgres;

import org.jspecify.annotations.NullMarked;
