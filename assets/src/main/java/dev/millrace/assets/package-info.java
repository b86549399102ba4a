/** Assets written in Java. */
@NullMarked
package dev.millrace.assets;

import org.jspecify.annotations.NullMarked;
