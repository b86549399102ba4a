/** The server with a real warehouse, a real run store and real HTTP. */
@NullMarked
package dev.millrace.server;

import org.jspecify.annotations.NullMarked;
