/** What the pages read from the warehouse. */
@NullMarked
package dev.millrace.server.internal.data;

import org.jspecify.annotations.NullMarked;
