/** Change data capture: Debezium connectors into the warehouse. */
@NullMarked
package dev.millrace.cdc;

import org.jspecify.annotations.NullMarked;
