/**
 * Checks on relations: what checks of all layers have in common, and how those of one relation run as one statement.
 */
@NullMarked
package dev.millrace.warehouse.check;

import org.jspecify.annotations.NullMarked;
