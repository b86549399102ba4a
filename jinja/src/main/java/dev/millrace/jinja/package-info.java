/** The template language of dbt projects: Jinja2 with Python value semantics. */
@NullMarked
package dev.millrace.jinja;

import org.jspecify.annotations.NullMarked;
