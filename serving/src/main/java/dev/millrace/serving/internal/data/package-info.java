/** From request parameters to SQL, and from rows to the formats programs read. */
@NullMarked
package dev.millrace.serving.internal.data;

import org.jspecify.annotations.NullMarked;
