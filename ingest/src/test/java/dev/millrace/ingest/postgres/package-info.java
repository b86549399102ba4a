@NullMarked
package dev.millrace.ingest.postgres;

import org.jspecify.annotations.NullMarked;
