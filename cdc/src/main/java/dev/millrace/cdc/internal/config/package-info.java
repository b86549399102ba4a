/** Connector files: what they say, and what it means. */
@NullMarked
package dev.millrace.cdc.internal.config;

import org.jspecify.annotations.NullMarked;
