/** What syncs.yml says, checked against the graph and millrace.yml. */
@NullMarked
package dev.millrace.activate.internal.config;

import org.jspecify.annotations.NullMarked;
