/** The HTTP server: who may ask, what is answered to errors, and files for the browser. */
@NullMarked
package dev.millrace.server.internal.http;

import org.jspecify.annotations.NullMarked;
