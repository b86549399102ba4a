@NullMarked
package dev.millrace.activate;

import org.jspecify.annotations.NullMarked;
