@NullMarked
package dev.millrace.quality;

import org.jspecify.annotations.NullMarked;
