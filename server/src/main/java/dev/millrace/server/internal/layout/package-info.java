/** Where the nodes of a lineage graph are drawn. */
@NullMarked
package dev.millrace.server.internal.layout;

import org.jspecify.annotations.NullMarked;
