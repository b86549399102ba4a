/** How nodes and rows are printed by the commands that only look. */
@NullMarked
package dev.millrace.cli.listing;

import org.jspecify.annotations.NullMarked;
