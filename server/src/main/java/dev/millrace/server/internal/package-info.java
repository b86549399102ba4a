/** How the server works inside. */
@NullMarked
package dev.millrace.server.internal;

import org.jspecify.annotations.NullMarked;
