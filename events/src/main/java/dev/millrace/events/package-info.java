/** Kafka topics as sources, landed exactly once. */
@NullMarked
package dev.millrace.events;

import org.jspecify.annotations.NullMarked;
