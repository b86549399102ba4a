@NullMarked
package dev.millrace.activate.internal.delivery;

import org.jspecify.annotations.NullMarked;
