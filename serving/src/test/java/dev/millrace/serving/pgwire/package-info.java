/** The SQL endpoint, asked by real clients. */
@NullMarked
package dev.millrace.serving.pgwire;

import org.jspecify.annotations.NullMarked;
