/** dbt projects: models, tests, seeds, snapshots and macros. */
@NullMarked
package dev.millrace.transform;

import org.jspecify.annotations.NullMarked;
