/** What {@code millrace up} is made of. */
@NullMarked
package dev.millrace.cli.up;

import org.jspecify.annotations.NullMarked;
