/** Kafka's clients as they are used here: settings, errors, a reader that never loses its place. */
@NullMarked
package dev.millrace.events.internal.kafka;

import org.jspecify.annotations.NullMarked;
