/** Reads syncs.yml, and what millrace.yml says of the destinations it names. */
@NullMarked
package dev.millrace.activate.internal.file;

import org.jspecify.annotations.NullMarked;
