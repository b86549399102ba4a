/** What Prometheus scrapes. */
@NullMarked
package dev.millrace.server.internal.metrics;

import org.jspecify.annotations.NullMarked;
