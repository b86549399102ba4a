/** A real Kafka broker for development, in a child process. */
@NullMarked
package dev.millrace.broker;

import org.jspecify.annotations.NullMarked;
