/** Stand-ins of warehouses: everything binds to them as it would to the real one, and nothing is touched. */
@NullMarked
package dev.millrace.warehouse.shadow;

import org.jspecify.annotations.NullMarked;
