/** Seeds: CSV files, the types of their columns, and how they get into the warehouse. */
@NullMarked
package dev.millrace.transform.internal.seed;

import org.jspecify.annotations.NullMarked;
