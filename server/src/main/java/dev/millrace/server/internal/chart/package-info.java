/** Small charts as SVG. */
@NullMarked
package dev.millrace.server.internal.chart;

import org.jspecify.annotations.NullMarked;
