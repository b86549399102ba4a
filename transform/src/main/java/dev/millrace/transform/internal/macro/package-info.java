/** Macros of the project, its packages and Millrace's own, and how a name finds one. */
@NullMarked
package dev.millrace.transform.internal.macro;

import org.jspecify.annotations.NullMarked;
