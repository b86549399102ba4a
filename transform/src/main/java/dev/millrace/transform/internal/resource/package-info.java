/** What a dbt project consists of once it is parsed: models, tests, seeds, sources, exposures. */
@NullMarked
package dev.millrace.transform.internal.resource;

import org.jspecify.annotations.NullMarked;
