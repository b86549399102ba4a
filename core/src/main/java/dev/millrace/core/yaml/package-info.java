/** Project files in YAML with the position of every value. */
@NullMarked
package dev.millrace.core.yaml;

import org.jspecify.annotations.NullMarked;
