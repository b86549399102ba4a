/** The names that dbt gives to templates. */
@NullMarked
package dev.millrace.transform.internal.context;

import org.jspecify.annotations.NullMarked;
