/** Tables of PostgreSQL as destinations. */
@NullMarked
package dev.millrace.activate.internal.postgres;

import org.jspecify.annotations.NullMarked;
