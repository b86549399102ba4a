/** How the columns of a query are bound to those of the tables it reads. */
@NullMarked
package dev.millrace.sql.internal;

import org.jspecify.annotations.NullMarked;
