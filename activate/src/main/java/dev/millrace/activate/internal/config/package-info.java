/** A sync as syncs.yml describes it. */
@NullMarked
package dev.millrace.activate.internal.config;

import org.jspecify.annotations.NullMarked;
