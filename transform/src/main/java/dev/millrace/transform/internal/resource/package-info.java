/** What a dbt project consists of once it is parsed: models, tests, seeds, sources, exposures, metrics. */
@NullMarked
package dev.millrace.transform.internal.resource;

import org.jspecify.annotations.NullMarked;
