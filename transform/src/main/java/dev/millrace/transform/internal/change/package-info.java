/** What nodes were when they were last built, and in what they differ from that now. */
@NullMarked
package dev.millrace.transform.internal.change;

import org.jspecify.annotations.NullMarked;
