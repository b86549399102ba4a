/** Lineage drawn as text. */
@NullMarked
package dev.millrace.cli.lineage;

import org.jspecify.annotations.NullMarked;
