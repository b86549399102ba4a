/** A project folder as it was read: its files, its profiles, and what the command line asked for. */
@NullMarked
package dev.millrace.core.project;

import org.jspecify.annotations.NullMarked;
