@NullMarked
package dev.millrace.core.live;

import org.jspecify.annotations.NullMarked;
