/** The named selectors of selectors.yml. */
@NullMarked
package dev.millrace.cli.selectors;

import org.jspecify.annotations.NullMarked;
