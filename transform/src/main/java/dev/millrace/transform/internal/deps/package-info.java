/** Installing the packages that a project names in packages.yml. */
@NullMarked
package dev.millrace.transform.internal.deps;

import org.jspecify.annotations.NullMarked;
