/** The dbt packages of a project: their folders, files and configuration trees. */
@NullMarked
package dev.millrace.transform.internal.project;

import org.jspecify.annotations.NullMarked;
