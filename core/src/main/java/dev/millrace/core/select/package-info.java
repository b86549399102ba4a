/** Node selection in dbt's grammar. */
@NullMarked
package dev.millrace.core.select;

import org.jspecify.annotations.NullMarked;
