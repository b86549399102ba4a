/** JSON as it stands in messages: scanned over their bytes, without a text per field. */
@NullMarked
package dev.millrace.events.internal.json;

import org.jspecify.annotations.NullMarked;
