/** Lineage events in the format of openlineage.io. */
@NullMarked
package dev.millrace.server.internal.openlineage;

import org.jspecify.annotations.NullMarked;
