/** How assets are compiled, found and run. */
@NullMarked
package dev.millrace.assets.internal;

import org.jspecify.annotations.NullMarked;
