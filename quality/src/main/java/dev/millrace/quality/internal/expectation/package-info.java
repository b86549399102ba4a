/** What can be expected of a relation, and how it is asked and judged. */
@NullMarked
package dev.millrace.quality.internal.expectation;

import org.jspecify.annotations.NullMarked;
