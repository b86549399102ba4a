/** The pages of {@code docs serve}. */
@NullMarked
package dev.millrace.cli.docs;

import org.jspecify.annotations.NullMarked;
