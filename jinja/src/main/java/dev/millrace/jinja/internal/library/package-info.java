/** The built-in filters, tests, functions and methods of Jinja and Python. */
@NullMarked
package dev.millrace.jinja.internal.library;

import org.jspecify.annotations.NullMarked;
