/** What becomes of results: history, JSON, pages. */
@NullMarked
package dev.millrace.quality.internal.report;

import org.jspecify.annotations.NullMarked;
