/** Binds a project against a shadow of its warehouse: what would fail is found before anything runs. */
@NullMarked
package dev.millrace.transform.internal.check;

import org.jspecify.annotations.NullMarked;
