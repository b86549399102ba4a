/** What a run looks like on a terminal, in a pipe, as JSON and in the log file: listeners to the events of a run. */
@NullMarked
package dev.millrace.cli.console;

import org.jspecify.annotations.NullMarked;
