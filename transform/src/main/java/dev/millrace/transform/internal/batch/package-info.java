/** Microbatch models: the spans of event time in which they are built, one after the other. */
@NullMarked
package dev.millrace.transform.internal.batch;

import org.jspecify.annotations.NullMarked;
