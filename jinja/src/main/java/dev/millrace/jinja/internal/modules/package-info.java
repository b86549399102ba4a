/** What dbt offers as modules: datetime, pytz, re, itertools. */
@NullMarked
package dev.millrace.jinja.internal.modules;

import org.jspecify.annotations.NullMarked;
