/** The millrace command: puts the layers together. */
@NullMarked
package dev.millrace.cli;

import org.jspecify.annotations.NullMarked;
