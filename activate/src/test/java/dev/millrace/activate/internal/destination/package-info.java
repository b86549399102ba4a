@NullMarked
package dev.millrace.activate.internal.destination;

import org.jspecify.annotations.NullMarked;
