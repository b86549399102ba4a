/** What the launcher script has made in the background so that commands start fast. */
@NullMarked
package dev.millrace.cli.launch;

import org.jspecify.annotations.NullMarked;
