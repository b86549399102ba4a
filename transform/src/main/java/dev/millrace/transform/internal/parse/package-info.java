/** Reads the files of a dbt project into resources. */
@NullMarked
package dev.millrace.transform.internal.parse;

import org.jspecify.annotations.NullMarked;
