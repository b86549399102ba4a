/** The project that {@code millrace init} writes. */
@NullMarked
package dev.millrace.cli.init;

import org.jspecify.annotations.NullMarked;
