/** What a parse came to, kept on disk until something it was made from changes. */
@NullMarked
package dev.millrace.transform.internal.cache;

import org.jspecify.annotations.NullMarked;
