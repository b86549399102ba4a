/** The HTTP API and the pages of a running Millrace. */
@NullMarked
package dev.millrace.server;

import org.jspecify.annotations.NullMarked;
