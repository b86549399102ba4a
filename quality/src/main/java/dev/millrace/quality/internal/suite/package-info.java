/** Expectation suites as files. */
@NullMarked
package dev.millrace.quality.internal.suite;

import org.jspecify.annotations.NullMarked;
