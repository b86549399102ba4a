@NullMarked
package dev.millrace.stream;

import org.jspecify.annotations.NullMarked;
