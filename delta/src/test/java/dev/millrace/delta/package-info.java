@NullMarked
package dev.millrace.delta;

import org.jspecify.annotations.NullMarked;
