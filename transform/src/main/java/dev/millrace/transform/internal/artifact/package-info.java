/** Writes dbt's artifacts. */
@NullMarked
package dev.millrace.transform.internal.artifact;

import org.jspecify.annotations.NullMarked;
