/** The pages, and what each shows. */
@NullMarked
package dev.millrace.server.internal.pages;

import org.jspecify.annotations.NullMarked;
