/** Python's value semantics: text, equality, order, hashing, arithmetic, formatting. */
@NullMarked
package dev.millrace.jinja.internal.value;

import org.jspecify.annotations.NullMarked;
