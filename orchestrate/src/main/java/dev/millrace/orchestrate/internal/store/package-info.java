/** The store of runs: an SQLite file. */
@NullMarked
package dev.millrace.orchestrate.internal.store;

import org.jspecify.annotations.NullMarked;
