/** Work spread over all cores. */
@NullMarked
package dev.millrace.transform.internal.parallel;

import org.jspecify.annotations.NullMarked;
