/** How errors are told: what is wrong, where, the line itself, and what to do. */
@NullMarked
package dev.millrace.cli.error;

import org.jspecify.annotations.NullMarked;
