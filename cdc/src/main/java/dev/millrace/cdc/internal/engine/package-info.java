/** Debezium's engine, driven by what the warehouse holds. */
@NullMarked
package dev.millrace.cdc.internal.engine;

import org.jspecify.annotations.NullMarked;
