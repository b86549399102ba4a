/** Streaming and unified models on the warehouse itself. */
@NullMarked
package dev.millrace.stream;

import org.jspecify.annotations.NullMarked;
