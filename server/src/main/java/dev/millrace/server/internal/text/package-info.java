/** How values read for people. */
@NullMarked
package dev.millrace.server.internal.text;

import org.jspecify.annotations.NullMarked;
