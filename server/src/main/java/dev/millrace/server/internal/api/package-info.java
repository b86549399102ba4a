/** The JSON API under /api/v1. */
@NullMarked
package dev.millrace.server.internal.api;

import org.jspecify.annotations.NullMarked;
