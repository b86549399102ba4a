@NullMarked
package dev.millrace.ingest.internal;

import org.jspecify.annotations.NullMarked;
