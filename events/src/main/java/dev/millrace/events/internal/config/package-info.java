/** What millrace.yml says of Kafka sources, and the nodes it becomes. */
@NullMarked
package dev.millrace.events.internal.config;

import org.jspecify.annotations.NullMarked;
