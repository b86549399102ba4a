/** JSON files with positions, and JSON written. */
@NullMarked
package dev.millrace.quality.internal.json;

import org.jspecify.annotations.NullMarked;
