/** Compiled templates: nodes that run on frames of slots. */
@NullMarked
package dev.millrace.jinja.internal.tree;

import org.jspecify.annotations.NullMarked;
